import type { Bus } from "@trunkline/bus";
import { type Sandbox, startSandbox } from "@trunkline/sandbox";
import { type RunningService, startService } from "@trunkline/service";
import { startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { service } from "../service.ts";

export interface NotifierBench {
  readonly brokers: TestBrokers;
  readonly sandbox: Sandbox;
  /** Publishes and asks, as a monitor in production would. */
  readonly bus: Bus;
  /** What a process of the notifier needs in its environment. */
  readonly env: Record<string, string>;
  /** Starts a notifier in this process, with some settings of its own. */
  start(changes?: Record<string, string>): Promise<RunningService>;
  stop(): Promise<void>;
}

/** Real brokers, and the sandbox's Slack, mail server and SMS gateway. */
export async function notifierBench(): Promise<NotifierBench> {
  const [brokers, sandbox] = await Promise.all([startTestBrokers(), startSandbox()]);
  const env = brokers.environment(sandbox.env("notifier"));
  return {
    brokers,
    sandbox,
    bus: brokers.bus,
    env,
    start: (changes) => startService(service, { env: { ...env, ...changes } }),
    async stop() {
      await Promise.all([sandbox.stop(), brokers.stop()]);
    },
  };
}
