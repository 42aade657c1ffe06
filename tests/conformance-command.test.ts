import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type RunningService, startService } from "@trunkline/service";
import { eventually, startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { vectorsOf } from "../scripts/conformance/bridges.ts";
import { freePort } from "../scripts/demo/free-port.ts";
import { service } from "../services/digi-bridge/src/service.ts";

const releases = new AsyncDisposableStack();
let brokers: TestBrokers;
let folder: string;

beforeAll(async () => {
  brokers = releases.use(await startTestBrokers());
  folder = await mkdtemp(join(tmpdir(), "trunkline-conformance-"));
  releases.defer(() => rm(folder, { recursive: true, force: true }));
});
afterAll(() => releases.disposeAsync());

/** Runs the command beside a bridge that it did not start, as somebody with a bridge of their own would. */
async function conformance(vectors: object): Promise<{ code: number; output: string }> {
  const [vectorFile, caFile, port] = [join(folder, "vectors.json"), join(folder, "ca.pem"), await freePort()];
  await rm(caFile, { force: true });
  await writeFile(vectorFile, JSON.stringify({ service: "digi-bridge", session, vectors }));
  const options = ["--vectors", vectorFile, "--nats", brokers.nats.url, "--port", `http=${port}`, "--ca-file", caFile];
  const child = spawn(process.execPath, ["scripts/conformance.ts", ...options], {
    cwd: join(import.meta.dirname, ".."),
  });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const ended = once(child, "exit") as Promise<[number]>;
  let bridge: RunningService | undefined;
  try {
    await eventually(() => existsSync(caFile) || child.exitCode !== null, { timeout: 90_000 });
    if (child.exitCode === null) {
      bridge = await startService(service, { env: brokers.environment({ ...bridgeOf(port), TLS_CA_FILE: caFile }) });
    }
    const [code] = await ended;
    return { code, output: (await output).join("") };
  } finally {
    child.kill();
    await bridge?.stop();
  }
}

const bridgeOf = (port: number) => ({
  HOST_ALIASES: JSON.stringify({ "digi.example.net": `127.0.0.1:${port}` }),
  DIGI_BASE_URL: "https://digi.example.net",
  DIGI_CLIENT_ID: "somebody",
  DIGI_CLIENT_SECRET: "something",
});

const { session } = JSON.parse(readFileSync(vectorsOf("digi-bridge"), "utf8")) as { session: object[] };

const vector = (changes: object = {}) => ({
  name: "nothing is asked for",
  subject: "get.digi.recovery.logs",
  request: { request_id: "r1", body: {} },
  reply: { request_id: "r1", body: { $any: true }, status: 400 },
  ...changes,
});

it("a bridge that conforms", async () => {
  const fresh = vector({ name: "started anew", fresh: true });
  const { code, output } = await conformance([vector(), fresh]);
  expect(output).toContain("✓ get.digi.recovery.logs: nothing is asked for\n");
  expect(output).toContain("1 conform, 0 differ, 1 skipped");
  expect(code).toBe(0);
});

it("a bridge that differs, and where", async () => {
  const reply = { request_id: "r1", body: { $any: true }, status: 200 };
  const { code, output } = await conformance([vector({ reply })]);
  expect(output).toContain("✗ get.digi.recovery.logs: nothing is asked for\n    reply.status is 400 rather than 200\n");
  expect(code).toBe(1);
});

it("vectors that are none, by their place", async () => {
  const { code, output } = await conformance([vector({ subject: 1 })]);
  expect(output).toContain("vectors[0].subject");
  expect(code).toBe(2);
});
