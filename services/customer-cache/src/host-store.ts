import { randomUUID } from "node:crypto";
import type { CachedEdge } from "@trunkline/contracts";
import type { Redis } from "ioredis";
import { z } from "zod";

/**
 * A fence outlives any build that may still run under an older lease. It does not stay for ever, because the leases'
 * tokens begin again at one when the Redis that they come from loses its data.
 */
const FENCE_SECONDS = 3_600;

const buildFacts = z.object({
  version: z.string(),
  builtAt: z.coerce.date<string>(),
  nextRefreshAt: z.coerce.date<string>(),
  edges: z.number(),
});

/** When a host's list was built, and which one it is. */
export type BuildFacts = z.output<typeof buildFacts>;

export interface StoredHost {
  /** Undefined for a list that a service of the existing fleet has stored. */
  readonly facts: BuildFacts | undefined;
  readonly entries: CachedEdge[] | undefined;
}

export interface NewBuild {
  readonly entries: readonly CachedEdge[];
  readonly builtAt: Date;
  readonly nextRefreshAt: Date;
  /** Of the lease under which it was built: a build under an older lease does not replace it. */
  readonly fencingToken: number;
}

/** The cache in Redis: `<environment>-<host>` holds the list as JSON, `...:built` the facts about it. */
export interface HostStore {
  /** Facts about several hosts at once; undefined where none are stored. */
  facts(hosts: readonly string[]): Promise<(BuildFacts | undefined)[]>;
  load(host: string): Promise<StoredHost>;
  /** Puts a list and its facts in place in one step. @returns false when a newer lease has already stored one */
  replace(host: string, build: NewBuild): Promise<boolean>;
}

/** List, facts and fence change together or not at all. */
const REPLACE = `
if tonumber(redis.call('GET', KEYS[3]) or '0') > tonumber(ARGV[3]) then return 0 end
redis.call('SET', KEYS[1], ARGV[1])
redis.call('SET', KEYS[2], ARGV[2])
redis.call('SET', KEYS[3], ARGV[3], 'EX', ARGV[4])
return 1`;

export function hostStore(redis: Redis, environment: string): HostStore {
  const list = (host: string) => `${environment}-${host}`;
  const built = (host: string) => `${list(host)}:built`;
  return {
    async facts(hosts) {
      return (await redis.mget(hosts.map(built))).map(parseFacts);
    },
    async load(host) {
      const [text, facts = null] = await redis.mget(list(host), built(host));
      return { facts: parseFacts(facts), entries: text ? (JSON.parse(text) as CachedEdge[]) : undefined };
    },
    async replace(host, { entries, fencingToken, ...times }) {
      const facts = JSON.stringify({ version: randomUUID(), edges: entries.length, ...times });
      const keys = [list(host), built(host), `${list(host)}:fence`];
      const values = [JSON.stringify(entries), facts, fencingToken, FENCE_SECONDS];
      return (await redis.eval(REPLACE, keys.length, ...keys, ...values)) === 1;
    },
  };
}

/** What cannot be read counts as not built: the next refresh puts it right. */
function parseFacts(text: string | null): BuildFacts | undefined {
  return buildFacts.safeParse(parseJson(text ?? "null")).data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
