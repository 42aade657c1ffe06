import type { Clock } from "@trunkline/clock";
import { Gauge, Histogram, type Registry } from "prom-client";
import type { BuildFacts, CacheStore } from "./cache-store.ts";

/** Complete, incomplete (some entries are as they were before), or failed (nothing was stored). */
export type RefreshOutcome = "complete" | "incomplete" | "failed";

export interface CacheMetrics {
  refreshed(list: string, outcome: RefreshOutcome, seconds: number): void;
}

/** Age and size are read from Redis when they are asked for, so that they are true on every replica. */
export function cacheMetrics(options: {
  readonly metrics: Registry;
  readonly store: Pick<CacheStore<never>, "facts">;
  readonly lists: readonly string[];
  readonly clock: Clock;
}): CacheMetrics {
  const { metrics, store, lists, clock } = options;
  const registers = [metrics];
  const labelNames = ["list"] as const;
  /** A gauge of a list's facts, set for those that have been built. */
  const factGauge = (name: string, help: string, read: (facts: BuildFacts) => number) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      async collect() {
        const facts = await store.facts(lists).catch(() => []);
        for (const [index, list] of lists.entries()) {
          const built = facts[index];
          if (built !== undefined) this.set({ list }, read(built));
        }
      },
    });
  factGauge("cache_entries", "Entries in the cache", ({ entries }) => entries);
  factGauge("cache_age_seconds", "Time since the cache was built", ({ builtAt }) => {
    return (clock.now().getTime() - builtAt.getTime()) / 1000;
  });
  const duration = new Histogram({
    name: "cache_refresh_duration_seconds",
    help: "Time that a refresh took, by its outcome",
    labelNames: ["list", "outcome"],
    buckets: [0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600, 1200, 3600],
    registers,
  });
  return { refreshed: (list, outcome, seconds) => duration.observe({ list, outcome }, seconds) };
}
