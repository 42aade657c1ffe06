import { series } from "../grafana/panels.ts";
import type { DashboardPlan, Panel } from "../grafana/plan.ts";
import { countOf, orNone, quantile } from "../promql.ts";

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
    {
      ...series("Age of the last run that succeeded", "age", [
        {
          expr: "max by (watched, schedule, key) (engine_schedule_age_seconds)",
          legend: "{{watched}} {{schedule}} {{key}}",
        },
      ]),
      width: 24,
    },
    series("Runs by outcome", "count", [
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
    series("Ticks without a run here, by reason", "count", [
      {
        expr: orNone(
          countOf("schedule_skips_total", "$interval", { filters: CHOSEN, by: ["service", "schedule", "reason"] }),
          "service",
        ),
        legend: "{{service}} {{schedule}} {{reason}}",
      },
    ]),
    {
      ...series("Leases held, by replica", "count", [
        {
          expr: `sum by (service, instance) (schedule_lease_held{${CHOSEN}})`,
          legend: "{{service}} on {{instance}}",
        },
      ]),
      description: "A lease is held while a run lasts: runs that are shorter than a scrape are seldom seen.",
    },
  ];
}

function jobs(): Panel[] {
  // Every replica says the same. What is put down for later is counted as waiting, too.
  const by = (state: string) => `max by (kind) (jobs_${state}{${CHOSEN}})`;
  const due = `(${by("waiting")} - ${by("delayed")})`;
  const some = (expr: string) => [{ expr: orNone(`${expr} > 0`, "kind"), legend: "{{kind}}" }];
  return [
    series("Jobs in Redis", "count", [
      { expr: `sum(${due})`, legend: "due, waiting for a worker" },
      { expr: `sum(${by("delayed")})`, legend: "put down for later" },
      { expr: `sum(${by("active")})`, legend: "being done" },
      { expr: `sum(${by("failed")})`, legend: "given up" },
    ]),
    series("Jobs put down for later, by kind", "count", some(by("delayed"))),
    series("Jobs that wait for a worker, by kind", "count", some(due)),
    series("Jobs given up, by kind", "count", some(by("failed"))),
    series("Attempts by outcome", "count", [
      {
        expr: countOf("jobs_processed_total", "$interval", { filters: CHOSEN, by: ["kind", "outcome"] }),
        legend: "{{kind}} {{outcome}}",
      },
    ]),
    series("Begun after they were due: 95 % are less late", "s", [
      { expr: quantile(0.95, "job_lateness_seconds", { filters: CHOSEN, by: ["kind"] }), legend: "{{kind}}" },
    ]),
    {
      ...series("Time an attempt takes: 95 % are quicker", "s", [
        { expr: quantile(0.95, "job_duration_seconds", { filters: CHOSEN, by: ["kind"] }), legend: "{{kind}}" },
      ]),
      width: 24,
    },
  ];
}

function caches(): Panel[] {
  return [
    series("Age", "age", [{ expr: "max by (service, list) (cache_age_seconds)", legend: "{{service}} {{list}}" }]),
    series("Entries", "count", [{ expr: "max by (service, list) (cache_entries)", legend: "{{service}} {{list}}" }]),
    {
      ...series("Refreshes by outcome", "count", [
        {
          expr: countOf("cache_refresh_duration_seconds_count", "$interval", { by: ["service", "list", "outcome"] }),
          legend: "{{service}} {{list}} {{outcome}}",
        },
      ]),
      width: 24,
    },
  ];
}
