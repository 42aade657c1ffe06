import { type Sandbox, startSandbox } from "@trunkline/sandbox";
import { type RunningService, startService } from "@trunkline/service";
import { startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { service } from "../service.ts";

export interface RunningBridge {
  readonly brokers: TestBrokers;
  readonly sandbox: Sandbox;
  readonly running: RunningService;
  /** What a process of the bridge needs in its environment. */
  readonly env: Record<string, string>;
  stop(): Promise<void>;
}

/** The bridge between real brokers and the sandbox's Orchestrators. */
export async function startBridge(): Promise<RunningBridge> {
  const [brokers, sandbox] = await Promise.all([startTestBrokers(), startSandbox()]);
  const env = brokers.environment(sandbox.env("velocloud-bridge"));
  const running = await startService(service, { env });
  return {
    brokers,
    sandbox,
    running,
    env,
    async stop() {
      await running.stop();
      await Promise.all([sandbox.stop(), brokers.stop()]);
    },
  };
}

/** A call that an Orchestrator of the sandbox received. */
export interface CallSeen {
  readonly host: string;
  readonly path: string;
  readonly status: number;
}

export async function callsTo(sandbox: Sandbox, path: string): Promise<CallSeen[]> {
  const response = await fetch(`${sandbox.console.url}/api/calls?system=velocloud`);
  const calls = (await response.json()) as CallSeen[];
  return calls.filter((call) => call.path.includes(path));
}
