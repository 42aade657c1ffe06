import { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** How an attempt ended: `retried` and `stalled` jobs come again, `completed` and `failed` ones do not. */
export type JobOutcome = "completed" | "retried" | "failed" | "stalled";

export interface JobMetrics {
  readonly processed: Counter<"kind" | "outcome">;
  readonly seconds: Histogram<"kind">;
  readonly lateness: Histogram<"kind">;
}

/** @param waiting asks Redis how many jobs of each kind wait; called for each scrape */
export function jobMetrics(registry: Registry, waiting: () => Promise<ReadonlyMap<string, number>>): JobMetrics {
  new Gauge({
    name: "jobs_waiting",
    help: "Jobs put down and not running, over all replicas",
    labelNames: ["kind"],
    registers: [registry],
    async collect() {
      this.reset();
      for (const [kind, count] of await waiting()) this.set({ kind }, count);
    },
  });
  return {
    processed: new Counter({
      name: "jobs_processed_total",
      help: "Attempts of jobs by how they ended",
      labelNames: ["kind", "outcome"],
      registers: [registry],
    }),
    seconds: new Histogram({
      name: "job_duration_seconds",
      help: "Time an attempt took",
      labelNames: ["kind"],
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300],
      registers: [registry],
    }),
    lateness: new Histogram({
      name: "job_lateness_seconds",
      help: "Time between the moment a job was due and its first attempt",
      labelNames: ["kind"],
      buckets: [0.1, 0.5, 1, 5, 15, 60, 300, 1800],
      registers: [registry],
    }),
  };
}
