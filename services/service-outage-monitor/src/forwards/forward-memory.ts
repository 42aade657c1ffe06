import { Unfinished } from "@trunkline/monitor";
import type { Redis } from "ioredis";

/** What was forwarded in a ticket's present cycle: it is not forwarded again while a person works on it. */
export interface ForwardMemory {
  has(key: string): Promise<boolean>;
  remember(key: string): Promise<void>;
  /** A new cycle of the ticket has begun, or its work is done. */
  forget(keys: readonly string[]): Promise<void>;
  /**
   * Lets one of two go first: either a task is forwarded, or its ticket is resolved.
   *
   * @param keys forwards that nobody else may begin meanwhile
   * @param who is about to do either; the same again in a later attempt
   * @returns what `run` returns
   * @throws Unfinished when somebody else is about to do the other
   */
  alone<T>(keys: readonly string[], who: string, run: () => Promise<T>): Promise<T>;
}

/** Tickets do not stay open longer. */
const REMEMBERED_SECONDS = 60 * 24 * 3600;
/** Longer than a write may take; whoever dies with it holds the other up for no longer. */
const CLAIMED_SECONDS = 300;

export function forwardMemory(redis: Redis, prefix: string): ForwardMemory {
  const keyOf = (key: string) => `${prefix}:forwarded:${key}`;
  const claimsOf = (keys: readonly string[]) => keys.map((key) => `${prefix}:moving:${key}`);
  return {
    has: async (key) => (await redis.exists(keyOf(key))) === 1,
    remember: async (key) => {
      await redis.set(keyOf(key), "yes", "EX", REMEMBERED_SECONDS);
    },
    forget: async (keys) => {
      if (keys.length > 0) await redis.del(...keys.map(keyOf));
    },
    alone: async (keys, who, run) => {
      const claims = claimsOf(keys);
      if ((await redis.eval(CLAIM, claims.length, ...claims, who, CLAIMED_SECONDS)) !== 1) {
        throw new Unfinished([`${who}: somebody else is about to move ${keys.join(" or ")}`]);
      }
      try {
        return await run();
      } finally {
        await redis.eval(RELEASE, claims.length, ...claims, who);
      }
    },
  };
}

/** All of them or none. */
const CLAIM = `
for _, key in ipairs(KEYS) do
  local holder = redis.call('GET', key)
  if holder and holder ~= ARGV[1] then return 0 end
end
for _, key in ipairs(KEYS) do redis.call('SET', key, ARGV[1], 'EX', ARGV[2]) end
return 1
`;

const RELEASE = `
for _, key in ipairs(KEYS) do
  if redis.call('GET', key) == ARGV[1] then redis.call('DEL', key) end
end
return 1
`;
