import { type Brokers, startBrokers } from "@trunkline/brokers";
import { type Bus, connectBus } from "@trunkline/bus";
import { type Sandbox, startSandbox } from "@trunkline/sandbox";
import { type RunningService, startService } from "@trunkline/service";
import { pino } from "pino";
import { Registry } from "prom-client";
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
  const [brokers, sandbox] = await Promise.all([startBrokers(), startSandbox()]);
  const env = environment(brokers, sandbox);
  const running = await startService(service, { env });
  const bus = await connectBus({
    servers: brokers.nats.url,
    redis: brokers.redis.url,
    service: "test-monitor",
    environment: { name: "test", production: true },
    logger: pino({ level: "silent" }),
    metrics: new Registry(),
  });
  return {
    sandbox,
    bus,
    running,
    env,
    async stop() {
      await bus.drain();
      await running.stop();
      await Promise.all([sandbox.stop(), brokers.stop()]);
    },
  };
}

function environment(brokers: Brokers, sandbox: Sandbox): Record<string, string> {
  return {
    NATS_SERVER1: brokers.nats.url,
    REDIS_HOSTNAME: `${brokers.redis.host}:${brokers.redis.port}`,
    ENVIRONMENT_NAME: "test",
    CURRENT_ENVIRONMENT: "production",
    HEALTH_PORT: "0",
    METRICS_PORT: "0",
    LOG_LEVEL: "silent",
    ...sandbox.env("bruin-bridge"),
  };
}
