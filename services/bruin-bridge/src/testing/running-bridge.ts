import type { Bus } from "@trunkline/bus";
import { type Sandbox, startSandbox } from "@trunkline/sandbox";
import { type RunningService, startService } from "@trunkline/service";
import { startTestBrokers } from "@trunkline/testkit";
import { service } from "../service.ts";

export interface RunningBridge {
  readonly sandbox: Sandbox;
  /** Asks the bridge, as a monitor in production would. */
  readonly bus: Bus;
  readonly running: RunningService;
  /** What a process of the bridge needs in its environment. */
  readonly env: Record<string, string>;
  stop(): Promise<void>;
}

/** The bridge between real brokers and the sandbox's Bruin. */
export async function startBridge(): Promise<RunningBridge> {
  const [brokers, sandbox] = await Promise.all([startTestBrokers(), startSandbox()]);
  const env = brokers.environment(sandbox.env("bruin-bridge"));
  const running = await startService(service, { env });
  return {
    sandbox,
    bus: brokers.bus,
    running,
    env,
    async stop() {
      await running.stop();
      await Promise.all([sandbox.stop(), brokers.stop()]);
    },
  };
}
