import { Redis } from "ioredis";
import type { Logger } from "pino";
import type { RedisAccess } from "./config/broker-access.ts";

// A command waits for up to three tries to reconnect.
const LONGEST_RECONNECT_MS = 500;

/**
 * Opens a connection whose commands fail soon when Redis is away: whoever waits for an answer has a deadline.
 * It reconnects for as long as it takes.
 */
export function openRedis(role: string, { url, options }: RedisAccess, logger: Logger): Redis {
  const redis = new Redis(url, {
    ...options,
    lazyConnect: true,
    maxRetriesPerRequest: 2,
    commandTimeout: 5_000,
    retryStrategy: (tries) => Math.min(50 * 2 ** tries, LONGEST_RECONNECT_MS),
  });
  // The client complains with every try to reconnect; one line for each outage is enough.
  let lost = false;
  redis.on("error", (error) => {
    if (!lost) logger.warn({ err: error, redis: role }, "no connection to Redis, trying again");
    lost = true;
  });
  redis.on("ready", () => {
    if (lost) logger.info({ redis: role }, "connected to Redis");
    lost = false;
  });
  return redis;
}

/** Makes the first connection. @throws the reason why it cannot be made, rather than the number of tries */
export async function connectRedis(redis: Redis): Promise<void> {
  let reason: unknown;
  const note = (error: unknown) => {
    reason = error;
  };
  redis.on("error", note);
  try {
    await redis.ping();
  } catch (error) {
    throw reason ?? error;
  } finally {
    redis.off("error", note);
  }
}

/** Whether Redis answers now. It does not wait for a connection that is being made. */
export async function answers(redis: Redis): Promise<boolean> {
  return redis.status === "ready" && (await redis.ping()) === "PONG";
}
