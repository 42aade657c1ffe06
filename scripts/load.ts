import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startBrokers } from "@trunkline/brokers";
import { ask, connectBare } from "@trunkline/conformance";
import { startSandbox } from "@trunkline/sandbox";
import { type BridgeProcess, startBridges } from "./load/bridge-process.ts";
import { type Gauges, grows, watch } from "./load/gauges.ts";
import { failuresOf, type Result, summaryOf, tableOf } from "./load/report.ts";
import { Tally } from "./load/tally.ts";
import { makeTrouble } from "./load/trouble.ts";

/*
 * npm run load                       every bridge at once against the sandbox, 50 requests a second each, two minutes
 * npm run load -- --seconds 20 --rate 10
 */
const { values } = parseArgs({
  options: { seconds: { type: "string", default: "120" }, rate: { type: "string", default: "50" } },
});
const seconds = Number(values.seconds);
const rate = Number(values.rate);
/** Whoever asks waits so long; a reply that comes later is none. */
const DEADLINE_MS = 10_000;

await using releases = new AsyncDisposableStack();
const folder = await mkdtemp(join(tmpdir(), "trunkline-load-"));
releases.defer(() => rm(folder, { recursive: true, force: true }));
const brokers = await startBrokers({ dataFolder: folder });
releases.defer(() => brokers.stop());
const sandbox = await startSandbox();
releases.defer(() => sandbox.stop());
const bridges = await startBridges({ brokers, sandbox, logFile: join(folder, "log") });
releases.defer(async () => void (await Promise.all(bridges.map(({ stop }) => stop()))));
const nats = await connectBare(brokers.nats.url);
releases.defer(() => nats.close());

console.log(`${bridges.length} bridges, ${rate} requests a second each, for ${seconds} seconds, with faults …`);
const stop = new AbortController();
const trouble = makeTrouble(sandbox, seconds, stop.signal);
const watched = bridges.map(({ metricsPort }) => watch(metricsPort, stop.signal));
const tallies = await Promise.all(bridges.map((bridge) => load(bridge)));
stop.abort();
const troubles = await trouble;
sandbox.faults.removeAll();
const results = await Promise.all(
  bridges.map(async (bridge, index) => resultOf(bridge, tallies[index], await watched[index])),
);

console.log(tableOf(results));
console.log(`${troubles} times a third party began to fail`);
const failures = results.flatMap(failuresOf);
for (const failure of failures) console.log(`failed: ${failure}`);
console.log(JSON.stringify(summaryOf(results, { seconds, rate, troubles, failures })));
process.exitCode = failures.length === 0 ? 0 : 1;

/** Sends at an even pace, however long the replies take: a slow bridge gets no fewer requests. */
async function load({ next }: BridgeProcess): Promise<Tally> {
  const tally = new Tally();
  const pending: Promise<void>[] = [];
  const began = performance.now();
  for (let index = 0; index < seconds * rate; index++) {
    const early = began + (index * 1_000) / rate - performance.now();
    if (early > 0) await sleep(early);
    pending.push(send(next(), tally));
  }
  await Promise.all(pending);
  return tally;
}

async function send({ subject, body, isWrite }: ReturnType<BridgeProcess["next"]>, tally: Tally): Promise<void> {
  const id = randomUUID();
  const headers = {
    "Trunkline-Deadline": String(Date.now() + DEADLINE_MS),
    ...(isWrite ? { "Trunkline-Idempotency-Key": id } : {}),
  };
  tally.sent += 1;
  const began = performance.now();
  const request = { subject, headers, request: { request_id: id, body } };
  const text = await ask(request, { nats, runId: "load", replyWithinMs: DEADLINE_MS + 500 }).catch(() => undefined);
  const status = text === undefined ? undefined : statusOf(text);
  tally.add(status, performance.now() - began);
}

/** A reply that was parked in Redis for its size is a reply. */
function statusOf(text: string): number | undefined {
  const { status, is_stored } = JSON.parse(text) as { status?: unknown; is_stored?: unknown };
  if (is_stored === true) return 200;
  return typeof status === "number" && Number.isInteger(status) ? status : undefined;
}

async function resultOf(bridge: BridgeProcess, tally = new Tally(), seen: readonly Gauges[] = []): Promise<Result> {
  return { name: bridge.name, tally, seen, lives: await bridge.isReady(), grows: grows(seen) };
}
