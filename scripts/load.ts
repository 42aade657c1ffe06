import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startBrokers } from "@trunkline/brokers";
import { ask, connectBare } from "@trunkline/conformance";
import { bridgesWithVectors } from "./conformance/bridges.ts";
import { type BridgeProcess, startBridges } from "./load/bridge-process.ts";
import { grows, keptBy, readGauges, watch } from "./load/gauges.ts";
import { sendEvenly, watchOwnDelay } from "./load/generator.ts";
import { readWorld } from "./load/load-world.ts";
import { failuresOf, type Result, summaryOf, tableOf } from "./load/report.ts";
import { requestsOf } from "./load/requests.ts";
import { startSandboxProcess } from "./load/sandbox-process.ts";
import { makeTrouble } from "./load/trouble.ts";

/*
 * npm run load                       every bridge at once against the sandbox, 50 requests a second each, two minutes
 * npm run load -- --seconds 20 --rate 10
 * npm run load -- --only bruin-bridge --only notifier
 * npm run load -- --calm             no third party fails
 */
const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "120" },
    rate: { type: "string", default: "50" },
    only: { type: "string", multiple: true },
    calm: { type: "boolean", default: false },
  },
});
const pace = { seconds: Number(values.seconds), rate: Number(values.rate) };
/** It opens the tickets that the others are asked about. */
const OPENER = "bruin-bridge";

await using releases = new AsyncDisposableStack();
const folder = await mkdtemp(join(tmpdir(), "trunkline-load-"));
releases.defer(() => rm(folder, { recursive: true, force: true }));
const brokers = await startBrokers({ dataFolder: folder });
releases.defer(() => brokers.stop());
const sandbox = await startSandboxProcess();
releases.defer(() => sandbox.stop());
const isLoaded = (name: string) => values.only?.includes(name) ?? true;
const logFile = join(folder, "log");
const running = await startBridges({
  brokers,
  sandbox,
  logFile,
  isWanted: (name) => isLoaded(name) || name === OPENER,
});
releases.defer(async () => void (await Promise.all(running.map(({ stop }) => stop()))));
const nats = await connectBare(brokers.nats.url);
releases.defer(() => nats.close());

const world = await readWorld(sandbox, async (subject, body) => {
  const text = await ask({ subject, request: { request_id: "load", body } }, { nats, runId: "load" });
  return (JSON.parse(text) as { body: unknown }).body;
});
const vectors = new Map((await bridgesWithVectors()).map(({ definition, file }) => [definition.name, file]));
const bridges = running.filter(({ name }) => isLoaded(name));

const faults = values.calm ? "without faults" : "with faults";
console.log(`${bridges.length} bridges, ${pace.rate} requests a second each, for ${pace.seconds} seconds, ${faults} …`);
const stop = new AbortController();
const trouble = values.calm ? 0 : makeTrouble(sandbox, pace.seconds, stop.signal);
const delayOf = watchOwnDelay();
const measured = await Promise.all(bridges.map(measure));
const ownDelay = delayOf();
stop.abort();
const troubles = await trouble;
await sandbox.removeFaults();
const results = await Promise.all(bridges.map((bridge, index) => resultOf(bridge, measured[index])));

console.log(tableOf(results));
console.log(`${troubles} times a third party began to fail`);
console.log(`the load generator itself was late by ${ownDelay.p99} ms (p99), ${ownDelay.max} ms at most`);
if (ownDelay.wasTooSlow) console.log("it was too slow: the latencies above are partly its own");
const failures = results.flatMap((result) => failuresOf(result, ownDelay.wasTooSlow));
for (const failure of failures) console.log(`failed: ${failure}`);
console.log(JSON.stringify(summaryOf(results, { ...pace, troubles, ownDelay, failures })));
process.exitCode = failures.length === 0 ? 0 : 1;

interface Measured {
  readonly tally: Result["tally"];
  readonly seen: Result["seen"];
  readonly keptEarly: number | undefined;
}

async function measure(bridge: BridgeProcess): Promise<Measured> {
  const watching = new AbortController();
  const watched = watch(bridge.metricsPort, watching.signal);
  const keptEarly = sleep(pace.seconds * 250).then(() => keptBy(bridge));
  const tally = await sendEvenly(requestsOf(bridge.name, vectors.get(bridge.name), world), nats, pace);
  watching.abort();
  return { tally, seen: await watched, keptEarly: await keptEarly };
}

async function resultOf(bridge: BridgeProcess, measured: Measured | undefined): Promise<Result> {
  if (measured === undefined) throw new Error(`${bridge.name} was not measured`);
  const { tally, seen, keptEarly } = measured;
  const lives = await bridge.isReady();
  const kept = [keptEarly, await keptBy(bridge)] as const;
  const dropped = lives ? (await readGauges(bridge.metricsPort)).dropped : 0;
  return { name: bridge.name, tally, seen, dropped, kept, lives, grows: grows(...kept) };
}
