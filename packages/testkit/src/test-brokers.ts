import { type Brokers, startBrokers } from "@trunkline/brokers";
import { type Bus, connectBus } from "@trunkline/bus";
import { Redis } from "ioredis";
import { pino } from "pino";
import { Registry } from "prom-client";

/** NATS and Redis for one test file, and a way to talk on them. `await using` ends them. */
export interface TestBrokers extends Brokers, AsyncDisposable {
  /** Of the test itself: requests, scripted bridges, captured messages. Writes are sent. */
  readonly bus: Bus;
  /** A client for looking into Redis. */
  readonly redisClient: Redis;
  /** The variables that every service needs to run on these brokers, on free ports, sending writes, without a word. */
  environment(changes?: Readonly<Record<string, string>>): Record<string, string>;
}

const ENVIRONMENT_NAME = "test";

export async function startTestBrokers(): Promise<TestBrokers> {
  const brokers = await startBrokers();
  const redisClient = new Redis(brokers.redis.url);
  // Tests kill brokers; without a listener the client would print that.
  redisClient.on("error", () => undefined);
  const bus = await connectBus({
    servers: brokers.nats.url,
    service: "test",
    redis: brokers.redis.url,
    environment: { name: ENVIRONMENT_NAME, production: true },
    logger: pino({ level: "silent" }),
    metrics: new Registry(),
  });
  const stop = async () => {
    await bus.drain();
    redisClient.disconnect();
    await brokers.stop();
  };
  return {
    ...brokers,
    bus,
    redisClient,
    environment: (changes = {}) => ({
      NATS_SERVER1: brokers.nats.url,
      REDIS_HOSTNAME: `${brokers.redis.host}:${brokers.redis.port}`,
      REDIS_CUSTOMER_CACHE_HOSTNAME: `${brokers.redis.host}:${brokers.redis.port}`,
      ENVIRONMENT_NAME,
      CURRENT_ENVIRONMENT: "production",
      HEALTH_PORT: "0",
      METRICS_PORT: "0",
      LOG_LEVEL: "silent",
      ...changes,
    }),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
