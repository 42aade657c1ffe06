import { until } from "./until.ts";

/** One service of the engine, wherever it runs. */
export interface EngineService {
  readonly name: string;
  /** Of its `/_health` and `/_ready`. */
  readonly healthPort: number;
  /** Of its `/metrics`. */
  readonly metricsPort?: number;
  stop(): Promise<void>;
  /** Ends its process at once, as a power cut would; only where services run in processes. */
  kill?(): Promise<void>;
  restart?(): Promise<void>;
  signal?(signal: NodeJS.Signals): void;
}

const startPatienceMs = 60_000;

/** Waits until a service says that it can work: a cache has something to answer with, a bridge is signed in. */
export function untilReady({ name, healthPort }: Pick<EngineService, "name" | "healthPort">): Promise<void> {
  return until(`${name} to be ready`, startPatienceMs, async () => {
    return (await fetch(`http://127.0.0.1:${healthPort}/_ready`)).ok;
  });
}
