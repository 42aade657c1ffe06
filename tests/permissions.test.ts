import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "@trunkline/sandbox";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startEngine } from "../scripts/demo/engine.ts";
import { differences } from "../scripts/demo/final-world.ts";
import { sandboxClient } from "../scripts/demo/sandbox-client.ts";
import { playStoryline } from "../scripts/demo/storyline.ts";
import { type FencedBrokers, startFencedBrokers } from "./fenced-brokers.ts";

const ENVIRONMENT = "fenced";
const pace = { passSeconds: 1, quarantineSeconds: 3 };
const releases = new AsyncDisposableStack();
let brokers: FencedBrokers;

beforeAll(async () => {
  brokers = releases.use(await startFencedBrokers(ENVIRONMENT));
});
afterAll(() => releases.disposeAsync());

it("lets the whole storyline pass, with every service as its own user", async () => {
  await using releases = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "trunkline-fenced-"));
  releases.defer(() => rm(folder, { recursive: true }));
  const { nats, redis, password, variablesOf } = brokers;
  const natsUrl = `nats://sandbox:${password("NATS", "sandbox")}@${nats.host}:${nats.port}`;
  const sandbox = await startSandbox({ natsUrl });
  releases.defer(() => sandbox.stop());
  const logFile = join(folder, "log");
  const environment = (service: string) => ({ ...variablesOf(service), ENVIRONMENT_NAME: ENVIRONMENT });
  const engine = await startEngine({
    brokers: { nats, redis, stop: async () => {} },
    sandbox,
    pace,
    logFile,
    environment,
  });
  releases.defer(() => engine.stop());

  const client = sandboxClient(sandbox.console.url);
  const quarantineMs = pace.quarantineSeconds * 1000;
  const expected = await playStoryline({ sandbox: client, narrate: () => {}, patienceMs: 60_000, quarantineMs });
  expect(differences(expected, { tickets: await client.tickets(), slack: await client.messages("slack") })).toEqual([]);
  const services = (await (await fetch(`${sandbox.console.url}/api/services`)).json()) as { name: string }[];
  expect(services.map(({ name }) => name)).toEqual(brokers.definitions.map(({ name }) => name).sort());
  const refused = (await readFile(logFile, "utf8"))
    .split("\n")
    .filter((line) => /violation|NOPERM|not allow|executing the script/i.test(line));
  expect(refused).toEqual([]);
});
