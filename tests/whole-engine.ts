import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Brokers, startBrokers } from "@trunkline/brokers";
import { startSandbox } from "@trunkline/sandbox";
import { type Engine, type EngineOptions, startEngine } from "../scripts/demo/engine.ts";
import { type SandboxClient, sandboxClient } from "../scripts/demo/sandbox-client.ts";

/** Brokers, sandbox and every service, for one test. `await using` ends them. */
export interface WholeEngine extends AsyncDisposable {
  readonly brokers: Brokers;
  readonly engine: Engine;
  /** The sandbox as a person with curl would use it. */
  readonly client: SandboxClient;
}

export async function startWholeEngine(
  options: Pick<EngineOptions, "pace" | "runIn" | "replicas" | "environment">,
): Promise<WholeEngine> {
  const releases = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "trunkline-whole-"));
  releases.defer(() => rm(folder, { recursive: true, force: true }));
  const brokers = await startBrokers({ dataFolder: folder });
  releases.defer(() => brokers.stop());
  const sandbox = await startSandbox({ natsUrl: brokers.nats.url });
  releases.defer(() => sandbox.stop());
  const engine = await startEngine({ ...options, brokers, sandbox, logFile: join(folder, "log") });
  releases.defer(() => engine.stop());
  return {
    brokers,
    engine,
    client: sandboxClient(sandbox.console.url),
    [Symbol.asyncDispose]: () => releases.disposeAsync(),
  };
}
