import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { JobCounts } from "./kind-queue.ts";

/** One scrape reads all gauges at once, and asks once. */
const SHARED_MS = 100;

/** How an attempt ended: `retried` and `stalled` jobs come again, `completed` and `failed` ones do not. */
export type JobOutcome = "completed" | "retried" | "failed" | "stalled";

export interface JobMetrics {
  readonly processed: Counter<"kind" | "outcome">;
  readonly seconds: Histogram<"kind">;
  readonly lateness: Histogram<"kind">;
}

const COUNTED: Readonly<Record<keyof JobCounts, string>> = {
  waiting: "Jobs put down and not running, over all replicas",
  delayed: "Waiting jobs whose time has not come, over all replicas",
  active: "Jobs being worked on, over all replicas",
  failed: "Jobs that were given up and are kept, over all replicas",
};

/** @param counts asks Redis for the jobs of each kind; called for each scrape */
export function jobMetrics(registry: Registry, counts: () => Promise<ReadonlyMap<string, JobCounts>>): JobMetrics {
  const shared = sharedFor(SHARED_MS, counts);
  for (const [state, help] of Object.entries(COUNTED) as [keyof JobCounts, string][]) {
    new Gauge({
      name: `jobs_${state}`,
      help,
      labelNames: ["kind"],
      registers: [registry],
      async collect() {
        const found = await shared();
        this.reset();
        for (const [kind, count] of found) this.set({ kind }, count[state]);
      },
    });
  }
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

function sharedFor<T>(milliseconds: number, ask: () => Promise<T>): () => Promise<T> {
  let latest: { readonly at: number; readonly answer: Promise<T> } | undefined;
  return () => {
    const at = performance.now();
    if (latest === undefined || at - latest.at > milliseconds) latest = { at, answer: ask() };
    return latest.answer;
  };
}
