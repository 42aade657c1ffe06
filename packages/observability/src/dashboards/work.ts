import type { DashboardPlan, Panel } from "../grafana/plan.ts";
import { series } from "../grafana/series.ts";
import { countOf, quantile } from "../promql.ts";

const CHOSEN = 'service=~"$service"';

/** What runs by itself: schedules, delayed jobs, and the caches that schedules refresh. */
export function workDashboard(): DashboardPlan {
  return {
    uid: "trunkline-work",
    title: "Schedules, jobs and caches",
    description: "When schedules last succeeded, who holds their leases, what waits to be done, how old caches are.",
    range: "6h",
    variables: [
      { kind: "label", name: "service", label: "Service", metric: "process_start_time_seconds" },
      { kind: "interval", initial: "1h" },
    ],
    rows: [
      { title: "Schedules", panels: schedules() },
      { title: "Jobs", panels: jobs() },
      { title: "Caches", panels: caches() },
    ],
  };
}

function schedules(): Panel[] {
  return [
    series("Age of the last run that succeeded", "s", [
      {
        expr: "max by (watched, schedule, key) (engine_schedule_age_seconds)",
        legend: "{{watched}} {{schedule}} {{key}}",
      },
    ]),
    series("Runs by outcome", "none", [
      {
        expr: countOf("schedule_runs_total", "$interval", { filters: CHOSEN, by: ["service", "schedule", "outcome"] }),
        legend: "{{service}} {{schedule}} {{outcome}}",
      },
    ]),
    series("Time a run takes: 95 % are quicker", "s", [
      {
        expr: quantile(0.95, "schedule_duration_seconds", { filters: CHOSEN, by: ["service", "schedule"] }),
        legend: "{{service}} {{schedule}}",
      },
    ]),
    series("Ticks without a run here, by reason", "none", [
      {
        expr: `${countOf("schedule_skips_total", "$interval", { filters: CHOSEN, by: ["service", "schedule", "reason"] })} or vector(0)`,
        legend: "{{service}} {{schedule}} {{reason}}",
      },
    ]),
    series("Leases held", "none", [
      {
        expr: `sum by (service, schedule, key, instance) (schedule_lease_held{${CHOSEN}})`,
        legend: "{{service}} {{schedule}} {{key}} on {{instance}}",
      },
    ]),
  ];
}

function jobs(): Panel[] {
  const counts = (state: string) => ({
    expr: `max by (kind) (jobs_${state}{${CHOSEN}})`,
    legend: `${state}: {{kind}}`,
  });
  return [
    series("Jobs in Redis", "none", ["waiting", "delayed", "active", "failed"].map(counts)),
    series("Attempts by outcome", "none", [
      {
        expr: countOf("jobs_processed_total", "$interval", { filters: CHOSEN, by: ["kind", "outcome"] }),
        legend: "{{kind}} {{outcome}}",
      },
    ]),
    series("Begun after they were due: 95 % are less late", "s", [
      { expr: quantile(0.95, "job_lateness_seconds", { filters: CHOSEN, by: ["kind"] }), legend: "{{kind}}" },
    ]),
    series("Time an attempt takes: 95 % are quicker", "s", [
      { expr: quantile(0.95, "job_duration_seconds", { filters: CHOSEN, by: ["kind"] }), legend: "{{kind}}" },
    ]),
  ];
}

function caches(): Panel[] {
  return [
    series("Age", "s", [{ expr: "max by (service, list) (cache_age_seconds)", legend: "{{service}} {{list}}" }]),
    series("Entries", "none", [{ expr: "max by (service, list) (cache_entries)", legend: "{{service}} {{list}}" }]),
    series("Refreshes by outcome", "none", [
      {
        expr: countOf("cache_refresh_duration_seconds_count", "$interval", { by: ["service", "list", "outcome"] }),
        legend: "{{service}} {{list}} {{outcome}}",
      },
    ]),
  ];
}
