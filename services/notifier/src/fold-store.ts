import type { Redis } from "ioredis";

/** Equal alerts that are counted instead of being posted. */
export interface Fold {
  /** 1, and one more with each summary. */
  readonly window: number;
  readonly since: Date;
}

/** What has been counted in one window. */
export interface Folded {
  readonly count: number;
  readonly since: Date;
}

/** Which alerts are being folded, and what has been counted of each. Survives restarts; all replicas share it. */
export interface FoldStore {
  /**
   * Counts an alert, once for each id, where equal ones are being folded.
   *
   * @returns undefined where they are not
   */
  count(key: string, id: string): Promise<Fold | undefined>;
  /** From now on equal alerts are counted. `id` is the alert that was posted. */
  open(key: string, id: string, since: Date): Promise<void>;
  /**
   * Takes what was counted in a window out of the way of what comes, and gives the same again until `next`.
   *
   * @returns undefined when nothing was counted, and then nothing is folded any more; or the window is over
   */
  take(key: string, window: number): Promise<Folded | undefined>;
  /** Begins the next window. What was taken is told and forgotten. */
  next(key: string, window: number, since: Date): Promise<void>;
}

/** @param prefix before every key */
export function createFoldStore(redis: Redis, prefix: string): FoldStore {
  const keysOf = (key: string) => [`${prefix}:${key}`, `${prefix}:${key}:counted`, `${prefix}:${key}:told`];
  const run = (script: string, key: string, ...args: (string | number)[]) =>
    redis.eval(script, 3, ...keysOf(key), ...args) as Promise<[window: number, since: string] | null>;
  return {
    async count(key, id) {
      const fold = await run(COUNT, key, id);
      return fold === null ? undefined : { window: fold[0], since: new Date(fold[1]) };
    },
    async open(key, id, since) {
      await run(OPEN, key, id, since.toISOString());
    },
    async take(key, window) {
      const folded = await run(TAKE, key, window);
      return folded === null ? undefined : { count: folded[0], since: new Date(folded[1]) };
    },
    async next(key, window, since) {
      await run(NEXT, key, window, since.toISOString());
    },
  };
}

// KEYS: the fold {first, window, since}, ids that were counted, ids of a summary that is being told.
const COUNT = `
if redis.call("EXISTS", KEYS[1]) == 0 then return false end
if redis.call("HGET", KEYS[1], "first") ~= ARGV[1] and redis.call("SISMEMBER", KEYS[3], ARGV[1]) == 0 then
  redis.call("SADD", KEYS[2], ARGV[1])
end
return { tonumber(redis.call("HGET", KEYS[1], "window")), redis.call("HGET", KEYS[1], "since") }`;

const OPEN = `
redis.call("HSET", KEYS[1], "first", ARGV[1], "window", 1, "since", ARGV[2])
return false`;

const TAKE = `
if redis.call("HGET", KEYS[1], "window") ~= ARGV[1] then return false end
if redis.call("EXISTS", KEYS[3]) == 0 then
  if redis.call("EXISTS", KEYS[2]) == 0 then
    redis.call("DEL", KEYS[1])
    return false
  end
  redis.call("RENAME", KEYS[2], KEYS[3])
end
return { redis.call("SCARD", KEYS[3]), redis.call("HGET", KEYS[1], "since") }`;

const NEXT = `
if redis.call("HGET", KEYS[1], "window") ~= ARGV[1] then return false end
redis.call("DEL", KEYS[3])
redis.call("HSET", KEYS[1], "window", ARGV[1] + 1, "since", ARGV[2])
return false`;
