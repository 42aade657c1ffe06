import { Redis } from "ioredis";
import type { Logger } from "pino";
import { StoreUnavailableError } from "./errors.ts";

const FIRST_CONNECT_MS = 2_000;
const COMMAND_TIMEOUT_MS = 5_000;

/**
 * A Redis connection that answers or fails at once: no command waits for a server that is down, because a request
 * waits behind it. It reconnects for ever, and is given a moment to connect before the first use.
 */
export async function openRedis(redis: Redis | string, logger: Logger): Promise<Redis> {
  const options = {
    // A duplicate would inherit it, and stay unconnected.
    lazyConnect: false,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    retryStrategy: (attempt: number) => Math.min(50 * attempt, 1_000),
  };
  const connection = typeof redis === "string" ? new Redis(redis, options) : redis.duplicate(options);
  let wasReady = false;
  connection.on("ready", () => {
    wasReady = true;
  });
  connection.on("error", (error) => {
    // Once an outage, not once an attempt.
    if (wasReady) logger.warn({ err: error }, "Redis connection lost");
    wasReady = false;
  });
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, FIRST_CONNECT_MS);
    connection.once("ready", () => {
      clearTimeout(timer);
      resolve();
    });
  });
  if (connection.status !== "ready") logger.warn("Redis is not there yet; what needs it is refused until it is");
  return connection;
}

/** Runs a command. @throws StoreUnavailableError when Redis does not take it or does not answer */
export async function ask<Answer>(command: Promise<Answer>): Promise<Answer> {
  try {
    return await command;
  } catch (error) {
    throw new StoreUnavailableError(error);
  }
}
