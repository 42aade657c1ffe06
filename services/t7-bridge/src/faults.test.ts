import { requestPrediction, saveAutomationMetrics, saveLiveAutomationMetrics } from "@trunkline/contracts";
import { type Sandbox, startSandbox } from "@trunkline/sandbox";
import { startService } from "@trunkline/service";
import { startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { service } from "./service.ts";

let brokers: TestBrokers;
let sandbox: Sandbox;
const releases = new AsyncDisposableStack();
const lines: string[] = [];
const logger = pino({ level: "debug" }, { write: (line: string) => void lines.push(line) });

beforeAll(async () => {
  brokers = releases.use(await startTestBrokers());
  sandbox = await startSandbox({ fleet: { edges: 1 } });
  releases.defer(() => sandbox.stop());
});
afterAll(() => releases.disposeAsync());

const ticket_rows = [{ Notes: "hush-hush" }];
const within = { timeoutMs: 2_000 };
let asked = 0;

/** One request of each subject; the writes each with a key of their own. */
const subjects = [
  (timeoutMs: number, requestId: string) =>
    brokers.bus.request(
      requestPrediction,
      { ticket_id: 1, ticket_rows, assets_to_predict: ["VC1"] },
      { timeoutMs, requestId },
    ),
  (timeoutMs: number, requestId: string) =>
    brokers.bus.request(
      saveAutomationMetrics,
      { ticket_id: 1, ticket_rows },
      { timeoutMs, requestId, idempotencyKey: requestId },
    ),
  (timeoutMs: number, requestId: string) =>
    brokers.bus.request(
      saveLiveAutomationMetrics,
      { ticket_id: 1, asset_id: "VC1", automated_successfully: true },
      { timeoutMs, requestId, idempotencyKey: requestId },
    ),
];

/** Asks for each subject. @returns the statuses; a reply shows nothing of the inside, and the log knows the request */
async function statuses(timeoutMs = within.timeoutMs): Promise<number[]> {
  const replies: number[] = [];
  for (const ask of subjects) {
    const requestId = `fault-${++asked}`;
    lines.length = 0;
    const { status, body } = await ask(timeoutMs, requestId);
    expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|hush-hush|node_modules|ECONN|kre\.example/);
    await vi.waitFor(() => expect(lines.some((line) => line.includes(requestId))).toBe(true));
    expect(lines.join("")).not.toContain("hush-hush");
    replies.push(status);
  }
  return replies;
}

async function withBridge(changes: Record<string, string>, work: () => Promise<void>): Promise<void> {
  const env = { ...brokers.environment(sandbox.env("t7-bridge")), ...changes };
  const running = await startService(service, { env, logger });
  try {
    await work();
  } finally {
    await running.stop();
  }
}

test("every call survives every fault of T7, and the next one is answered", async () => {
  await withBridge({}, async () => {
    const expected = {
      "401": 401,
      "403": 403,
      "404": 404,
      "429": 500,
      "500": 400,
      unavailable: 500,
      garbage: 400,
      "hang-up": 500,
    } as const;
    for (const [kind, status] of Object.entries(expected)) {
      sandbox.faults.add({ system: "t7", kind: kind as keyof typeof expected });
      expect(await statuses(), kind).toEqual([status, status, status]);
      sandbox.faults.removeAll();
      expect(await statuses(), `after ${kind}`).toEqual([200, 200, 200]);
    }
    sandbox.faults.add({ system: "t7", kind: "stall" });
    for (const status of await statuses(300)) expect([408, 504]).toContain(status);
    sandbox.faults.removeAll();
    expect(await statuses()).toEqual([200, 200, 200]);
  });
});

test.each([
  ["nobody listens", () => ({ HOST_ALIASES: '{"kre.example.net":"127.0.0.1:1"}' })],
  ["its name is not known", () => ({ KRE_BASE_URL: "kre.invalid:443" })],
  [
    "its certificate is another's",
    () => ({ HOST_ALIASES: aliasesOf("other.example.net"), KRE_BASE_URL: "other.example.net:443" }),
  ],
  ["nobody trusts its certificate", () => ({ TLS_CA_FILE: "" })],
  ["it speaks TLS and we do not", () => ({ KRE_PLAINTEXT: "true" })],
])("where %s, every call is a 500", async (_, changes) => {
  await withBridge(changes(), async () => {
    expect(await statuses(5_000)).toEqual([500, 500, 500]);
  });
});

/** The stand-in under a name that its certificate does not have. */
function aliasesOf(host: string): string {
  return JSON.stringify({ [host]: `127.0.0.1:${sandbox.t7.port}` });
}

test("a T7 that is down is not called for a while, and called again when it may be back", async () => {
  await withBridge({}, async () => {
    sandbox.faults.add({ system: "t7", kind: "unavailable" });
    for (let round = 0; round < 3; round++) await statuses();
    const began = performance.now();
    expect(await statuses()).toEqual([500, 503, 503]);
    expect(performance.now() - began).toBeLessThan(2_500);
    sandbox.faults.removeAll();
  });
});
