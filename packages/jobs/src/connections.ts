import { Redis, type RedisOptions } from "ioredis";
import type { Logger } from "pino";

// A caller waits for up to four tries to reconnect.
const LONGEST_RECONNECT_MS = 1_000;

/**
 * For putting work down and asking about it: a caller waits for a Redis that restarts, but not for one that is gone.
 */
export function producerConnection(redis: Redis | string, logger: Logger): Redis {
  return connection(redis, logger, { maxRetriesPerRequest: 3, commandTimeout: 5_000 });
}

/** For workers, which wait for Redis as long as it takes: they have nothing else to do. */
export function workerConnection(redis: Redis | string, logger: Logger): Redis {
  return connection(redis, logger, { maxRetriesPerRequest: null, commandTimeout: undefined });
}

function connection(from: Redis | string, logger: Logger, limits: RedisOptions): Redis {
  const options: RedisOptions = {
    ...limits,
    // A duplicate would inherit it, and stay unconnected.
    lazyConnect: false,
    retryStrategy: (tries) => Math.min(50 * 2 ** tries, LONGEST_RECONNECT_MS),
  };
  const redis = typeof from === "string" ? new Redis(from, options) : from.duplicate(options);
  // The reconnecting client repeats its complaint with every try; one line for each outage is enough.
  let complained = false;
  redis.on("error", (error) => {
    if (!complained) logger.warn({ err: error }, "lost the connection of the jobs to Redis, reconnecting");
    complained = true;
  });
  redis.on("ready", () => {
    if (complained) logger.info("the jobs are connected to Redis again");
    complained = false;
  });
  return redis;
}

/** Warns when Redis may throw jobs away to make room: a queue needs `noeviction`. */
export async function warnAboutEviction(redis: Redis, logger: Logger): Promise<void> {
  const policy = /^maxmemory_policy:(\S+)/m.exec(await redis.info("memory"))?.[1];
  if (policy === undefined || policy === "noeviction") return;
  logger.warn({ policy }, "Redis may evict delayed jobs when memory is short: set maxmemory-policy to noeviction");
}
