import { type Brokers, startBrokers } from "@trunkline/brokers";
import { type Bus, connectBus } from "@trunkline/bus";
import { type Sandbox, startSandbox } from "@trunkline/sandbox";
import { type RunningService, startService } from "@trunkline/service";
import { pino } from "pino";
import { Registry } from "prom-client";
import { service } from "../service.ts";

export interface NotifierBench {
  readonly brokers: Brokers;
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
  const [brokers, sandbox] = await Promise.all([startBrokers(), startSandbox()]);
  const env = environment(brokers, sandbox);
  const bus = await connectBus({
    servers: brokers.nats.url,
    redis: brokers.redis.url,
    service: "test-monitor",
    environment: { name: "test", production: true },
    logger: pino({ level: "silent" }),
    metrics: new Registry(),
  });
  return {
    brokers,
    sandbox,
    bus,
    env,
    start: (changes) => startService(service, { env: { ...env, ...changes } }),
    async stop() {
      await bus.drain();
      await Promise.all([sandbox.stop(), brokers.stop()]);
    },
  };
}

function environment({ nats, redis }: Brokers, sandbox: Sandbox): Record<string, string> {
  return {
    NATS_SERVER1: nats.url,
    REDIS_HOSTNAME: `${redis.host}:${redis.port}`,
    ENVIRONMENT_NAME: "test",
    CURRENT_ENVIRONMENT: "production",
    HEALTH_PORT: "0",
    METRICS_PORT: "0",
    LOG_LEVEL: "silent",
    ...sandbox.env("notifier"),
  };
}
