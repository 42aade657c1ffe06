import type { TestBrokers } from "@trunkline/testkit";
import { type CacheStore, cacheStore } from "../cache-store.ts";
import { type Probe, probe, probeOf } from "./probe.ts";

export const now = new Date("2026-01-05T10:00:00Z");
export const later = new Date("2026-01-05T14:00:00Z");

export interface TestLists {
  readonly store: CacheStore<Probe>;
  /** Stores a list of probes with these serials. @returns false when a newer lease has stored one */
  build(list: string, serials: readonly string[], changes?: BuildChanges): Promise<boolean>;
}

export interface BuildChanges {
  readonly fencingToken?: number;
  readonly builtAt?: Date;
  readonly nextRefreshAt?: Date;
}

/** Lists in the brokers' Redis, in the environment `test`. */
export function testLists({ redisClient }: Pick<TestBrokers, "redisClient">): TestLists {
  const store = cacheStore({ redis: redisClient, environment: "test", schema: probe });
  return {
    store,
    build: (list, serials, { fencingToken = 1, builtAt = now, nextRefreshAt = later } = {}) =>
      store.replace(list, { entries: serials.map(probeOf), builtAt, nextRefreshAt, fencingToken }),
  };
}
