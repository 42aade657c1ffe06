import type { Redis } from "ioredis";

/**
 * Names of decisions that a dry run withheld. As long as nothing happens the same is decided in every cycle; under the
 * name of the first time, people are told of it once and not in every cycle.
 */
export interface WithheldDecisions {
  /**
   * @param about what is decided on, such as an edge or a ticket
   * @param fresh the name that a decision of now would have
   */
  nameFor(about: string, fresh: string): Promise<string>;
  /** The decision was withheld under this name. */
  withheld(about: string, name: string): Promise<void>;
  /** The decision was carried out: the next one is another. */
  carriedOut(about: string): Promise<void>;
}

/** What was not decided again for so long is over, and a new occurrence is news. */
const KEPT_SECONDS = 3600;

/** @param prefix beginning of the Redis keys */
export function withheldDecisions(redis: Redis, prefix: string): WithheldDecisions {
  const key = (about: string) => `${prefix}:withheld:${about}`;
  return {
    nameFor: async (about, fresh) => (await redis.get(key(about))) ?? fresh,
    withheld: async (about, name) => {
      await redis.set(key(about), name, "EX", KEPT_SECONDS);
    },
    carriedOut: async (about) => {
      await redis.del(key(about));
    },
  };
}
