import type { Redis } from "ioredis";

/** What a lease is asked for: one tick of a schedule, or a run at the start of a service. */
export type Occasion =
  | { readonly kind: "tick"; readonly at: Date }
  /** Not needed when a run succeeded less than `freshMs` ago: a replica that started beside us had it. */
  | { readonly kind: "start"; readonly freshMs: number };

export type ClaimAnswer =
  | { readonly outcome: "taken"; readonly fencingToken: number }
  /** The run for this occasion has been begun by somebody, or is not needed. */
  | { readonly outcome: "had" }
  /** The run of an earlier occasion has not ended; its holder lives if the lease is renewed in this time. */
  | { readonly outcome: "held"; readonly fencingToken: number; readonly expiresInMs: number };

export interface LeaseStore {
  /** @param deadToken the holder that was seen before and whose lease should have run out by now */
  claim(occasion: Occasion, deadToken?: number): Promise<ClaimAnswer & { readonly lastSuccess: Date | undefined }>;
  /** @returns false when the lease is no longer ours */
  renew(fencingToken: number): Promise<boolean>;
  release(fencingToken: number, succeeded: boolean): Promise<void>;
}

export interface LeaseStoreOptions {
  readonly redis: Redis;
  /** Redis key of the schedule and its key; two keys are made of it. */
  readonly name: string;
  /** Unique to this process. */
  readonly owner: string;
  readonly ttlMs: number;
}

/**
 * The lease of one schedule and key in Redis. Two keys: the lease itself, which runs out when its holder dies, and
 * what outlives it: the last token, the last tick begun, the last run that ended, the last that succeeded.
 */
export function leaseStore({ redis, name, owner, ttlMs }: LeaseStoreOptions): LeaseStore {
  const keys = [`${name}:lease`, `${name}:state`] as const;
  const run = (script: string, ...args: (string | number)[]) => redis.eval(script, keys.length, ...keys, ...args);
  return {
    claim: async (occasion, deadToken) => {
      const tick = occasion.kind === "tick" ? occasion.at.getTime() : "";
      const freshMs = occasion.kind === "start" ? occasion.freshMs : 0;
      const answer = await run(CLAIM, owner, ttlMs, tick, freshMs, deadToken ?? "");
      return readAnswer(answer as [string, number, number, string | null]);
    },
    renew: async (fencingToken) => (await run(RENEW, `${owner}:${fencingToken}`, ttlMs)) === 1,
    release: async (fencingToken, succeeded) => {
      await run(RELEASE, `${owner}:${fencingToken}`, fencingToken, succeeded ? "1" : "");
    },
  };
}

function readAnswer([outcome, fencingToken, expiresInMs, succeeded]: [string, number, number, string | null]) {
  const lastSuccess = succeeded === null ? undefined : new Date(Number(succeeded));
  if (outcome === "taken") return { outcome, fencingToken, lastSuccess } as const;
  if (outcome === "held") return { outcome, fencingToken, expiresInMs, lastSuccess } as const;
  return { outcome: "had", lastSuccess } as const;
}

/** Times are Redis' own, so that replicas with differing clocks agree; ticks are the schedule's, equal everywhere. */
const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/**
 * A token is the next number or the present in milliseconds, whichever is more: it grows even when Redis has
 * forgotten everything.
 */
const CLAIM = `${NOW}
local owner, ttl, tick, fresh, dead = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local state = redis.call('HMGET', KEYS[2], 'token', 'tick', 'ended', 'succeeded')
local token, last, ended, succeeded = tonumber(state[1]), tonumber(state[2]), tonumber(state[3]), state[4]
if tick and last and tick <= last then return {'had', 0, 0, succeeded} end
if redis.call('EXISTS', KEYS[1]) == 1 then
  return {'held', token, redis.call('PTTL', KEYS[1]), succeeded}
end
if dead and (token ~= dead or ended == dead) then return {'had', 0, 0, succeeded} end
if not tick and succeeded and now - succeeded < fresh then return {'had', 0, 0, succeeded} end
local next = math.max((token or 0) + 1, now)
redis.call('HSET', KEYS[2], 'token', string.format('%d', next), 'tick', string.format('%d', tick or math.max(now, last or 0)))
redis.call('SET', KEYS[1], owner .. ':' .. string.format('%d', next), 'PX', ttl)
return {'taken', next, 0, succeeded}
`;

const RENEW = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`;

const RELEASE = `${NOW}
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[2], 'ended', ARGV[2])
if ARGV[3] ~= '' then redis.call('HSET', KEYS[2], 'succeeded', string.format('%d', now)) end
return 1
`;
