import type { Clock } from "@trunkline/clock";
import { Gauge, Histogram, type Registry } from "prom-client";
import type { BuildFacts, HostStore } from "./host-store.ts";

export interface RefreshMetrics {
  /** @param outcome complete, incomplete (some edges are as they were before), failed (nothing was stored) */
  refreshed(host: string, outcome: "complete" | "incomplete" | "failed", seconds: number): void;
}

/** Age and size are read from Redis when they are asked for, so that they are true on every replica. */
export function cacheMetrics(options: {
  readonly metrics: Registry;
  readonly store: HostStore;
  readonly hosts: readonly string[];
  readonly clock: Clock;
}): RefreshMetrics {
  const { metrics, store, hosts, clock } = options;
  const registers = [metrics];
  const labelNames = ["host"] as const;
  /** A gauge of a host's facts, set for those that have been built. */
  const factGauge = (name: string, help: string, read: (facts: BuildFacts) => number) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      async collect() {
        const facts = await store.facts(hosts).catch(() => []);
        for (const [index, host] of hosts.entries()) {
          const built = facts[index];
          if (built !== undefined) this.set({ host }, read(built));
        }
      },
    });
  factGauge("cache_edges", "Edges in the cache", ({ edges }) => edges);
  factGauge("cache_age_seconds", "Time since the cache was built", ({ builtAt }) => {
    return (clock.now().getTime() - builtAt.getTime()) / 1000;
  });
  const duration = new Histogram({
    name: "cache_refresh_duration_seconds",
    help: "Time that a refresh took, by its outcome",
    labelNames: ["host", "outcome"],
    buckets: [0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600, 1200, 3600],
    registers,
  });
  return { refreshed: (host, outcome, seconds) => duration.observe({ host, outcome }, seconds) };
}
