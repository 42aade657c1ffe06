import type { Redis } from "ioredis";
import type { HostStore } from "./host-store.ts";

/** Tells when a host is to be refreshed. */
export interface RefreshGate {
  isDue(host: string, now: Date): Promise<boolean>;
  /** Writes down when the next refresh of all will be, once every host has been built. */
  advance(): Promise<void>;
}

/**
 * A host is due when the date in its facts has come. `<environment>-next_refresh_date` (UTC, `MM/DD/YYYY, HH:MM:SS`) is
 * kept for people and for services of the existing fleet: deleting it makes every host due at the next check.
 */
export function refreshGate(options: {
  readonly redis: Redis;
  readonly environment: string;
  readonly hosts: readonly string[];
  readonly store: HostStore;
}): RefreshGate {
  const { redis, environment, hosts, store } = options;
  const next = `${environment}-next_refresh_date`;
  const forced = `${environment}-refresh_forced_at`;
  return {
    async isDue(host, now) {
      if ((await redis.exists(next)) === 0) await redis.mset(forced, now.toISOString(), next, dateText(now));
      const [facts] = await store.facts([host]);
      if (facts === undefined || facts.nextRefreshAt <= now) return true;
      const forcedAt = await redis.get(forced);
      return forcedAt !== null && facts.builtAt < new Date(forcedAt);
    },
    async advance() {
      const facts = (await store.facts(hosts)).flatMap((each) => each ?? []);
      const earliest = Math.min(...facts.map(({ nextRefreshAt }) => nextRefreshAt.getTime()));
      if (facts.length === hosts.length) await redis.set(next, dateText(new Date(earliest)));
    },
  };
}

function dateText(moment: Date): string {
  const [date = "", time = ""] = moment.toISOString().split("T");
  const [year, month, day] = date.split("-");
  return `${month}/${day}/${year}, ${time.slice(0, 8)}`;
}
