import type { Brokers } from "@trunkline/brokers";
import { isBridge } from "../conformance/bridges.ts";
import { serviceCatalogue } from "../demo/service-catalogue.ts";
import { startProcess } from "../demo/service-process.ts";
import { until } from "../demo/until.ts";
import type { SandboxProcess } from "./sandbox-process.ts";

/** A bridge in a process of its own, as in production. */
export interface BridgeProcess {
  readonly name: string;
  readonly metricsPort: number;
  /** Makes it collect its garbage. */
  collectGarbage(): void;
  /** Whether it still runs and can work, soon after the last fault. */
  isReady(): Promise<boolean>;
  stop(): Promise<void>;
}

export interface BridgesOptions {
  readonly brokers: Brokers;
  readonly sandbox: SandboxProcess;
  readonly logFile: string;
  readonly isWanted: (name: string) => boolean;
}

/** What a container would give a bridge. A heap that grows without bound ends its process. */
const HEAP_MIB = 256;
const preload = new URL("./collect-on-signal.ts", import.meta.url).href;

/** Starts the services that serve a third party and ask nobody. */
export async function startBridges({ brokers, sandbox, logFile, isWanted }: BridgesOptions): Promise<BridgeProcess[]> {
  const names = (await serviceCatalogue())
    .map(({ definition: { name }, mainFile }) => ({ name, mainFile }))
    .filter(({ name }) => isBridge(name) && isWanted(name));
  return Promise.all(
    names.map(async ({ name, mainFile }) => {
      const environment = {
        NATS_SERVER1: brokers.nats.url,
        REDIS_HOSTNAME: `${brokers.redis.host}:${brokers.redis.port}`,
        ENVIRONMENT_NAME: "load",
        // The world is a sandbox, so writes are sent.
        CURRENT_ENVIRONMENT: "production",
        TIMEZONE: "US/Eastern",
        NODE_OPTIONS: `--max-old-space-size=${HEAP_MIB} --import=${preload}`,
        ...(await sandbox.environment(name)),
      };
      const running = await startProcess({ name, mainFile, environment, logFile });
      return {
        name,
        metricsPort: running.metricsPort,
        collectGarbage: () => running.signal?.("SIGUSR2"),
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
