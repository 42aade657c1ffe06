import type { Brokers } from "@trunkline/brokers";
import type { Sandbox } from "@trunkline/sandbox";
import { bridgesWithVectors } from "../conformance/bridges.ts";
import { freePort } from "../demo/free-port.ts";
import { serviceCatalogue } from "../demo/service-catalogue.ts";
import { startProcess } from "../demo/service-process.ts";
import { until } from "../demo/until.ts";
import { type LoadRequest, requestsOf } from "./requests.ts";

/** A bridge in a process of its own, as in production. */
export interface BridgeProcess {
  readonly name: string;
  readonly metricsPort: number;
  /** The next request to send to it. */
  next(): LoadRequest;
  /** Whether it still runs and can work, soon after the last fault. */
  isReady(): Promise<boolean>;
  stop(): Promise<void>;
}

export interface BridgesOptions {
  readonly brokers: Brokers;
  readonly sandbox: Sandbox;
  readonly logFile: string;
}

/** Starts every service that serves a third party and asks nobody. */
export async function startBridges({ brokers, sandbox, logFile }: BridgesOptions): Promise<BridgeProcess[]> {
  const vectors = new Map((await bridgesWithVectors()).map(({ definition, file }) => [definition.name, file]));
  const catalogue = await serviceCatalogue();
  const bridges = catalogue.filter(({ definition: { name } }) => name.endsWith("-bridge") || name === "notifier");
  return Promise.all(
    bridges.map(async ({ definition: { name }, mainFile }) => {
      const metricsPort = await freePort();
      const environment = {
        NATS_SERVER1: brokers.nats.url,
        REDIS_HOSTNAME: `${brokers.redis.host}:${brokers.redis.port}`,
        ENVIRONMENT_NAME: "load",
        // The world is a sandbox, so writes are sent.
        CURRENT_ENVIRONMENT: "production",
        TIMEZONE: "US/Eastern",
        METRICS_PORT: String(metricsPort),
        ...sandbox.env(name),
      };
      const running = await startProcess({ name, mainFile, environment, logFile });
      return {
        name,
        metricsPort,
        next: requestsOf(name, vectors.get(name), sandbox.world),
        isReady: () => isReady(name, running.healthPort),
        stop: () => running.stop(),
      };
    }),
  );
}

const PATIENCE_MS = 5_000;

function isReady(name: string, healthPort: number): Promise<boolean> {
  const look = async () => (await fetch(`http://127.0.0.1:${healthPort}/_ready`)).ok;
  return until(`${name} to be ready`, PATIENCE_MS, look).then(
    () => true,
    () => false,
  );
}
