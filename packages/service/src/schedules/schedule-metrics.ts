import { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** How a run ended. `lost`: its lease ran out under it; `stopped`: the service stopped before it had ended. */
export type RunOutcome = "success" | "failure" | "lost" | "stopped";
/** Why a tick had no run here. */
export type SkipReason = "elsewhere" | "overlap" | "no-lease" | "late";

export interface ScheduleMetrics {
  readonly runs: Counter<"schedule" | "outcome">;
  readonly skips: Counter<"schedule" | "reason">;
  readonly seconds: Histogram<"schedule">;
  readonly lastSuccess: Gauge<"schedule" | "key">;
  readonly leases: Gauge<"schedule" | "key">;
}

export function scheduleMetrics(registry: Registry): ScheduleMetrics {
  const registers = [registry];
  return {
    runs: new Counter({
      name: "schedule_runs_total",
      help: "Runs on this replica by how they ended",
      labelNames: ["schedule", "outcome"],
      registers,
    }),
    skips: new Counter({
      name: "schedule_skips_total",
      help: "Ticks without a run on this replica, by reason: elsewhere is what replicas are for",
      labelNames: ["schedule", "reason"],
      registers,
    }),
    seconds: new Histogram({
      name: "schedule_duration_seconds",
      help: "Time a run took",
      labelNames: ["schedule"],
      buckets: [0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600],
      registers,
    }),
    lastSuccess: new Gauge({
      name: "schedule_last_success_timestamp_seconds",
      help: "When a run last succeeded on any replica, as far as this one knows",
      labelNames: ["schedule", "key"],
      registers,
    }),
    leases: new Gauge({
      name: "schedule_lease_held",
      help: "1 while this replica runs the schedule for the key",
      labelNames: ["schedule", "key"],
      registers,
    }),
  };
}
