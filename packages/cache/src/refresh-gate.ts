import type { Redis } from "ioredis";
import { cacheKey } from "./cache-keys.ts";
import type { CacheStore } from "./cache-store.ts";

/** Tells when a list is to be refreshed. */
export interface RefreshGate {
  isDue(list: string, now: Date): Promise<boolean>;
  /** Writes down when the next refresh of all will be, once every list has been built. */
  advance(): Promise<void>;
}

/**
 * A list is due when the date in its facts has come. `<environment>-<dateKey>` (UTC, `MM/DD/YYYY, HH:MM:SS`) is kept
 * for people and for services of the existing fleet: deleting it makes every list due at the next check.
 */
export function refreshGate(options: {
  readonly redis: Redis;
  readonly environment: string;
  readonly dateKey: string;
  readonly lists: readonly string[];
  readonly store: Pick<CacheStore<never>, "facts">;
}): RefreshGate {
  const { redis, environment, dateKey, lists, store } = options;
  const next = cacheKey(environment, dateKey);
  const forced = `${next}:forced_at`;
  return {
    async isDue(list, now) {
      if ((await redis.exists(next)) === 0) await redis.mset(forced, now.toISOString(), next, dateText(now));
      const [facts] = await store.facts([list]);
      if (facts === undefined || facts.nextRefreshAt <= now) return true;
      const forcedAt = await redis.get(forced);
      return forcedAt !== null && facts.builtAt < new Date(forcedAt);
    },
    async advance() {
      const facts = (await store.facts(lists)).flatMap((each) => each ?? []);
      const earliest = Math.min(...facts.map(({ nextRefreshAt }) => nextRefreshAt.getTime()));
      if (facts.length === lists.length) await redis.set(next, dateText(new Date(earliest)));
    },
  };
}

function dateText(moment: Date): string {
  const [date = "", time = ""] = moment.toISOString().split("T");
  const [year, month, day] = date.split("-");
  return `${month}/${day}/${year}, ${time.slice(0, 8)}`;
}
