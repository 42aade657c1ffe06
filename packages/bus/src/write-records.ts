import type { Redis } from "ioredis";
import { ask } from "./redis.ts";
import type { HandlerReply } from "./types.ts";

const KEPT_MS = 24 * 3_600_000;

/** What is known of a write when it is asked for. */
export type Begun =
  /** Nobody has tried yet: it is ours now. */
  | { readonly kind: "first" }
  /** An attempt ended without an outcome: its replier died (`abandoned`) or failed on the way (`failed`). It is ours now. */
  | { readonly kind: "abandoned" | "failed"; readonly firstAttemptAt: Date }
  /** Somebody is at it. */
  | { readonly kind: "busy" }
  | { readonly kind: "done"; readonly reply: HandlerReply };

/** How an attempt ended: with a reply to remember, without any effect, or nobody knows how. */
export type Ending =
  | { readonly kind: "done"; readonly reply: HandlerReply }
  | { readonly kind: "undone" | "failed" | "abandoned" };

/**
 * The memory of writes in Redis, shared by all replicas. A record outlives its attempts; a lease beside it tells
 * whether somebody is at it now, and ends by itself when that process dies.
 */
export interface WriteRecords {
  begin(key: string, owner: string, now: Date): Promise<Begun>;
  /** Says that the owner is still at it; false when the lease was lost. */
  renew(key: string, owner: string): Promise<boolean>;
  /** Ends the owner's attempt; false when the lease was lost, and with it the right to say anything. */
  end(key: string, owner: string, ending: Ending): Promise<boolean>;
}

// KEYS: record, lease. ARGV: owner, lease ms, now, kept ms.
const BEGIN = `
local reply = redis.call('HGET', KEYS[1], 'reply')
if reply then return {'done', reply} end
if not redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return {'busy'} end
local state = redis.call('HGET', KEYS[1], 'state')
if not state then redis.call('HSET', KEYS[1], 'at', ARGV[3]) end
redis.call('HSET', KEYS[1], 'state', 'abandoned')
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return {state or 'first', redis.call('HGET', KEYS[1], 'at')}`;

// KEYS: lease. ARGV: owner, lease ms.
const RENEW = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`;

// KEYS: record, lease. ARGV: owner, kind of ending, reply or '', kept ms.
const END = `
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[2])
if ARGV[2] == 'undone' then redis.call('DEL', KEYS[1]) return 1 end
if ARGV[2] == 'done' then redis.call('HSET', KEYS[1], 'reply', ARGV[3]) end
redis.call('HSET', KEYS[1], 'state', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1`;

export function createWriteRecords(redis: Redis, leaseMs: number): WriteRecords {
  const lease = (key: string) => `${key}:lease`;
  return {
    async begin(key, owner, now) {
      const [kind, text] = (await ask(
        redis.eval(BEGIN, 2, key, lease(key), owner, leaseMs, now.toISOString(), KEPT_MS),
      )) as [Begun["kind"], string];
      switch (kind) {
        case "done":
          return { kind, reply: JSON.parse(text) as HandlerReply };
        case "abandoned":
        case "failed":
          return { kind, firstAttemptAt: new Date(text) };
        case "first":
        case "busy":
          return { kind };
      }
    },
    async renew(key, owner) {
      return (await ask(redis.eval(RENEW, 1, lease(key), owner, leaseMs))) === 1;
    },
    async end(key, owner, ending) {
      const reply = ending.kind === "done" ? JSON.stringify(ending.reply) : "";
      return (await ask(redis.eval(END, 2, key, lease(key), owner, ending.kind, reply, KEPT_MS))) === 1;
    },
  };
}
