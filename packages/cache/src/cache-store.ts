import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { z } from "zod";
import { cacheKey } from "./cache-keys.ts";
import { mapInTurns } from "./map-in-turns.ts";

/**
 * A fence outlives any build that may still run under an older lease. It does not stay for ever, because the leases'
 * tokens begin again at one when the Redis that they come from loses its data.
 */
const FENCE_SECONDS = 3_600;

const buildFacts = z.object({
  version: z.string(),
  builtAt: z.coerce.date<string>(),
  nextRefreshAt: z.coerce.date<string>(),
  entries: z.number(),
});

/** When a list was built, and which build it is. */
export type BuildFacts = z.output<typeof buildFacts>;

export interface StoredList<Entry> {
  /** Undefined for a list that a service of the existing fleet has stored. */
  readonly facts: BuildFacts | undefined;
  /** Undefined where nothing is stored, or nothing that can be read. */
  readonly entries: Entry[] | undefined;
}

export interface NewBuild<Entry> {
  readonly entries: readonly Entry[];
  readonly builtAt: Date;
  readonly nextRefreshAt: Date;
  /** Of the lease under which it was built: a build under an older lease does not replace it. */
  readonly fencingToken: number;
}

/**
 * Lists in Redis by their names: `<environment>-<list>` holds the entries as a JSON array, as the existing fleet keeps
 * them, and `...:built` the facts about them.
 */
export interface CacheStore<Entry> {
  /** Whether any of the lists is there. */
  anyStored(lists: readonly string[]): Promise<boolean>;
  /** Facts about several lists at once; undefined where none are stored. */
  facts(lists: readonly string[]): Promise<(BuildFacts | undefined)[]>;
  /** Entries that cannot be read are left out: others write here too. */
  load(list: string): Promise<StoredList<Entry>>;
  /** Puts entries and facts in place in one step. @returns false when a newer lease has already stored a build */
  replace(list: string, build: NewBuild<Entry>): Promise<boolean>;
}

/** List, facts and fence change together or not at all. */
const REPLACE = `
if tonumber(redis.call('GET', KEYS[3]) or '0') > tonumber(ARGV[3]) then return 0 end
redis.call('SET', KEYS[1], ARGV[1])
redis.call('SET', KEYS[2], ARGV[2])
redis.call('SET', KEYS[3], ARGV[3], 'EX', ARGV[4])
return 1`;

export function cacheStore<Entry>(options: {
  readonly redis: Redis;
  readonly environment: string;
  /** Of one entry. */
  readonly schema: z.ZodType<Entry>;
}): CacheStore<Entry> {
  const { redis, environment, schema } = options;
  const keyOf = (list: string) => cacheKey(environment, list);
  const built = (list: string) => `${keyOf(list)}:built`;
  return {
    async anyStored(lists) {
      return (await redis.exists(lists.map(keyOf))) > 0;
    },
    async facts(lists) {
      return (await redis.mget(lists.map(built))).map(parseFacts);
    },
    async load(list) {
      const [text = null, facts = null] = await redis.mget(keyOf(list), built(list));
      return { facts: parseFacts(facts), entries: await parseEntries(text, schema) };
    },
    async replace(list, { entries, fencingToken, ...times }) {
      const facts = JSON.stringify({ version: randomUUID(), entries: entries.length, ...times });
      const keys = [keyOf(list), built(list), `${keyOf(list)}:fence`];
      const values = [
        `[${(await mapInTurns(entries, (entry) => JSON.stringify(entry))).join(",")}]`,
        facts,
        fencingToken,
        FENCE_SECONDS,
      ];
      return (await redis.eval(REPLACE, keys.length, ...keys, ...values)) === 1;
    },
  };
}

/** What cannot be read counts as not built: the next refresh puts it right. */
function parseFacts(text: string | null): BuildFacts | undefined {
  return buildFacts.safeParse(parseJson(text)).data;
}

async function parseEntries<Entry>(text: string | null, schema: z.ZodType<Entry>): Promise<Entry[] | undefined> {
  const values = parseJson(text);
  if (!Array.isArray(values)) return undefined;
  const entries = await mapInTurns<unknown, Entry | undefined>(values, (value) => schema.safeParse(value).data);
  return entries.filter((entry) => entry !== undefined);
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return undefined;
  }
}
