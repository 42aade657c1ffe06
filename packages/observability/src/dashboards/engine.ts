import type { DashboardPlan, Panel, Query, Unit, Variable } from "../grafana/plan.ts";
import { series } from "../grafana/series.ts";
import { countOf, quantile, rateOf } from "../promql.ts";

const CHOSEN = 'service=~"$service"';
const service: Variable = { kind: "label", name: "service", label: "Service", metric: "process_start_time_seconds" };

/** Whether the engine itself is well: what its services ask each other, what waits, what was dropped or given up. */
export function engineDashboard(): DashboardPlan {
  return {
    uid: "trunkline-engine",
    title: "Engine health",
    description: "Requests between services, streams, dead letters, payloads in Redis, and the processes.",
    range: "6h",
    variables: [service, { kind: "interval", initial: "1h" }],
    rows: [
      { title: "At a glance", panels: glance() },
      { title: "Requests, as those see them who ask", panels: side("bus_request", "asked") },
      { title: "Requests, as those see them who answer", panels: [...side("bus_handler", "answered"), ...waiting()] },
      { title: "Streams", panels: streams() },
      { title: "Large payloads and writes", panels: payloads() },
      { title: "Processes", panels: processes() },
    ],
  };
}

function glance(): Panel[] {
  return [
    stat("Services up", [{ expr: `count(engine_service_silence_seconds < 60) or vector(0)`, legend: "up" }]),
    stat("Longest silence of a service", [{ expr: "max(engine_service_silence_seconds)", legend: "silent" }], "s"),
    stat("Oldest cycle", [{ expr: "max(engine_schedule_age_seconds)", legend: "age" }], "s"),
    stat("Dead letters ever", [
      { expr: "sum(max by (subject) (engine_dead_letters)) or vector(0)", legend: "letters" },
    ]),
  ];
}

function side(metric: string, verb: string): Panel[] {
  const all = `${metric}_duration_seconds`;
  const perSubject = (filters: string) => `sum by (subject) (rate(${all}_count{${filters}}[$__rate_interval]))`;
  const failed = perSubject(`${CHOSEN},status_class="5xx"`);
  const every = perSubject(CHOSEN);
  return [
    series(`Requests ${verb} by subject`, "reqps", [{ expr: every, legend: "{{subject}}" }]),
    series(`Latency of requests ${verb}: 95 % are quicker`, "s", [
      { expr: quantile(0.95, all, { filters: CHOSEN, by: ["subject"] }), legend: "{{subject}}" },
    ]),
    series(`Latency of requests ${verb}: median`, "s", [
      { expr: quantile(0.5, all, { filters: CHOSEN, by: ["subject"] }), legend: "{{subject}}" },
    ]),
    series(`Share of requests ${verb} that failed`, "percentunit", [
      { expr: `(${failed} or 0 * ${every}) / ${every}`, legend: "{{subject}}" },
    ]),
  ];
}

function waiting(): Panel[] {
  return [
    series("Requests under way", "none", [
      { expr: `sum by (subject) (bus_handlers_in_flight{${CHOSEN}})`, legend: "handled: {{subject}}" },
      { expr: `sum by (subject) (bus_handlers_waiting{${CHOSEN}})`, legend: "waiting: {{subject}}" },
      { expr: `sum by (subject) (bus_requests_in_flight{${CHOSEN}}) or vector(0)`, legend: "asked: {{subject}}" },
    ]),
    series("Requests without an answer", "none", [
      {
        expr: `${countOf("bus_dropped_total", "$interval", { filters: CHOSEN, by: ["subject", "reason"] })} or vector(0)`,
        legend: "{{subject}} {{reason}}",
      },
    ]),
  ];
}

function streams(): Panel[] {
  return [
    series("Messages that wait in streams", "none", [
      { expr: "max by (subject) (bus_stream_pending)", legend: "not handed out: {{subject}}" },
      { expr: "max by (subject) (bus_stream_unacknowledged)", legend: "in hand: {{subject}}" },
    ]),
    series("Messages published", "ops", [
      { expr: rateOf("bus_published_total", { filters: CHOSEN, by: ["subject"] }), legend: "{{subject}}" },
    ]),
    series("Deliveries by what became of them", "ops", [
      {
        expr: rateOf("bus_consumed_total", { filters: CHOSEN, by: ["subject", "outcome"] }),
        legend: "{{subject}} {{outcome}}",
      },
    ]),
    series("Dead letters", "none", [
      {
        expr: `${countOf("dead_letters_total", "$interval", { filters: CHOSEN, by: ["subject"] })} or vector(0)`,
        legend: "{{subject}}",
      },
      { expr: "max by (subject) (engine_dead_letters) or vector(0)", legend: "ever: {{subject}}" },
    ]),
  ];
}

function payloads(): Panel[] {
  return [
    series("Bytes parked in Redis and fetched", "Bps", [
      {
        expr: `${rateOf("bus_claim_check_bytes_total", { filters: CHOSEN, by: ["service", "direction"] })} or vector(0)`,
        legend: "{{service}} {{direction}}",
      },
    ]),
    series("Writes withheld, audit records that could not be stored", "none", [
      {
        expr: `${countOf("bus_withheld_total", "$interval", { filters: CHOSEN, by: ["subject"] })} or vector(0)`,
        legend: "withheld: {{subject}}",
      },
      { expr: countOf("audit_failures_total", "$interval", { filters: CHOSEN }), legend: "audit failures" },
    ]),
  ];
}

function processes(): Panel[] {
  const perReplica = "{{service}} {{instance}}";
  return [
    series("Delay of the event loop: 99 % are shorter", "s", [
      { expr: `nodejs_eventloop_lag_p99_seconds{${CHOSEN}}`, legend: perReplica },
    ]),
    series("Memory", "bytes", [{ expr: `process_resident_memory_bytes{${CHOSEN}}`, legend: perReplica }]),
    series("Processor", "percentunit", [
      {
        expr: rateOf("process_cpu_seconds_total", { filters: CHOSEN, by: ["service", "instance"] }),
        legend: perReplica,
      },
    ]),
    series("Time since the start", "s", [
      { expr: `time() - process_start_time_seconds{${CHOSEN}}`, legend: perReplica },
    ]),
  ];
}

function stat(title: string, queries: readonly Query[], unit: Unit = "none"): Panel {
  return { kind: "stat", title, queries, unit };
}
