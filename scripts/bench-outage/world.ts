import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ReadingBound, startAsked, startReadingBound } from "@trunkline/bench";
import { type Brokers, startBrokers } from "@trunkline/brokers";
import { startProcess } from "../demo/service-process.ts";
import type { PassCost } from "./pass-cost.ts";
import type { WorldPlan } from "./world-plan.ts";

const MONITOR = "service-outage-monitor";
/** Those that a pass asks. */
const repliers = ["velocloud-bridge", "bruin-bridge", "customer-cache"];
const ENVIRONMENT = "bench";
const services = new URL("../../services/", import.meta.url);

/** A monitor with everything that it asks, each in a process of its own. `await using` ends them. */
export interface MeasuredWorld extends AsyncDisposable {
  pass(): Promise<PassCost>;
  readonly bound: ReadingBound;
}

export async function startWorld(size: { edges: number; hosts: readonly string[] }): Promise<MeasuredWorld> {
  await using releases = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "trunkline-bench-"));
  releases.defer(() => rm(folder, { recursive: true, force: true }));
  const logFile = join(folder, "log");
  const brokers = await startBrokers({ dataFolder: folder });
  releases.defer(() => brokers.stop());
  const plan: WorldPlan = {
    ...size,
    services: [...repliers, MONITOR],
    redisUrl: brokers.redis.url,
    environment: ENVIRONMENT,
  };
  const sandbox = await startAsked<never, never, Record<string, Record<string, string>>>({
    name: "the sandbox",
    file: new URL("sandbox-main.ts", import.meta.url),
    args: [JSON.stringify(plan)],
  });
  releases.defer(() => sandbox.child.stop());
  const environmentOf = (name: string) => ({ ...environment(brokers, plan), ...sandbox.ready[name] });
  for (const name of repliers) {
    const mainFile = fileURLToPath(new URL(`${name}/src/main.ts`, services));
    const replier = await startProcess({ name, mainFile, environment: environmentOf(name), logFile });
    releases.defer(() => replier.stop());
  }
  const monitor = await startAsked<object, PassCost>({
    name: MONITOR,
    file: new URL("monitor-main.ts", import.meta.url),
    args: [logFile],
    env: { PATH: process.env.PATH, ...environmentOf(MONITOR) },
  });
  releases.defer(() => monitor.child.stop());
  const bound = await startReadingBound(brokers.nats.url, brokers.redis.url);
  releases.defer(() => bound.stop());
  const running = releases.move();
  return { pass: () => monitor.child.ask({}), bound, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

function environment({ nats, redis }: Brokers, { hosts }: WorldPlan): Record<string, string> {
  const address = `${redis.host}:${redis.port}`;
  const outages = ["LINK_DOWN", "HARD_DOWN", "HA_LINK_DOWN", "HA_SOFT_DOWN", "HA_HARD_DOWN"];
  // What is measured is the pass: its findings stay in quarantine.
  const quarantines = outages.map((outage) => [`MONITORING__QUARANTINE_FOR_EDGES_IN_${outage}_OUTAGE`, "86400"]);
  return {
    ...Object.fromEntries(quarantines),
    NATS_SERVER1: nats.url,
    REDIS_HOSTNAME: address,
    REDIS_CUSTOMER_CACHE_HOSTNAME: address,
    ENVIRONMENT_NAME: ENVIRONMENT,
    CURRENT_ENVIRONMENT: "production",
    TIMEZONE: "US/Eastern",
    HEALTH_PORT: "0",
    METRICS_PORT: "0",
    MONITORING__VELOCLOUD_HOST: JSON.stringify(hosts),
    VELOCLOUD_HOSTS: JSON.stringify(hosts),
  };
}
