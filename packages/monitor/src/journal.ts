import type { Redis } from "ioredis";

/**
 * Remembers, over restarts, what the steps of one decision came to. A job that begins again finds the answers of its
 * first attempt, decides the same and goes on where it was.
 */
export interface Journal {
  /**
   * Does a step unless it is done already.
   *
   * @param step its name within the decision
   * @returns what the step returned when it was done; it travels as JSON
   * @throws what the step throws, in which case it is not done
   */
  once<T>(step: string, run: () => Promise<T>): Promise<T>;
  has(step: string): Promise<boolean>;
  /** The decision is carried out: it is forgotten in an hour, when no job can come again for it. */
  close(): Promise<void>;
}

export interface JournalOptions {
  readonly redis: Redis;
  /** Beginning of the Redis keys. */
  readonly prefix: string;
  /** Names the decision. */
  readonly decision: string;
}

/** A decision that nobody carries out for so long, because nothing runs, is not carried out by halves any more. */
const KEPT_SECONDS = 7 * 24 * 3600;
const KEPT_AFTER_CLOSE_SECONDS = 3600;

export function openJournal({ redis, prefix, decision }: JournalOptions): Journal {
  const key = `${prefix}:journal:${decision}`;

  const record = async (step: string, outcome: string): Promise<string> => {
    const results = await redis.multi().hsetnx(key, step, outcome).expire(key, KEPT_SECONDS).hget(key, step).exec();
    const failure = results?.find(([error]) => error !== null)?.[0];
    if (failure) throw failure;
    // A replica that was taken for dead may have recorded the step first.
    return String(results?.at(-1)?.[1] ?? outcome);
  };

  return {
    once: async <T>(step: string, run: () => Promise<T>): Promise<T> => {
      const known = await redis.hget(key, step);
      const outcome = known ?? (await record(step, JSON.stringify({ value: await run() })));
      return (JSON.parse(outcome) as { value: T }).value;
    },
    has: async (step) => (await redis.hexists(key, step)) === 1,
    close: async () => {
      await redis.expire(key, KEPT_AFTER_CLOSE_SECONDS);
    },
  };
}
