import { alarm, series, stat } from "../grafana/panels.ts";
import type { DashboardPlan, Panel, Variable } from "../grafana/plan.ts";
import { countOf, orNone, quantile, rateOf } from "../promql.ts";

/** Exporters have metrics of processes, too, but are no services. */
const CHOSEN = 'service=~"$service",service!=""';
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
  // Every replica of `alerts` says the same.
  const silence = "max by (watched) (engine_service_silence_seconds)";
  return [
    stat("Services up", `count(${silence} < 60) or vector(0)`),
    alarm("Services silent for a minute", `count(${silence} >= 60) or vector(0)`, { from: 1 }),
    alarm("Longest silence of a service", `max(${silence})`, { unit: "age", from: 60 }),
    stat("Oldest cycle", "max(engine_schedule_age_seconds)", { unit: "age" }),
    alarm("Breakers open", "count(max by (system, host) (third_party_breaker_state) == 2) or vector(0)", { from: 1 }),
    alarm("Dead letters ever", "sum(max by (subject) (engine_dead_letters)) or vector(0)", { from: 1 }),
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
  const underWay = (metric: string) => `sum(${metric}{${CHOSEN}}) or vector(0)`;
  const panels = [
    series("Requests under way", "count", [
      { expr: underWay("bus_requests_in_flight"), legend: "asked" },
      { expr: underWay("bus_handlers_in_flight"), legend: "being answered" },
      { expr: underWay("bus_handlers_waiting"), legend: "waiting for their turn" },
    ]),
    series("Requests that wait for their turn, by subject", "count", [
      {
        expr: orNone(`sum by (subject) (bus_handlers_waiting{${CHOSEN}}) > 0`, "subject"),
        legend: "{{subject}}",
      },
    ]),
    series("Requests without an answer", "count", [
      {
        expr: orNone(
          countOf("bus_dropped_total", "$interval", { filters: CHOSEN, by: ["subject", "reason"] }),
          "subject",
        ),
        legend: "{{subject}} {{reason}}",
      },
    ]),
  ];
  return panels.map((panel) => ({ ...panel, width: 8 }));
}

function streams(): Panel[] {
  return [
    series("Messages that wait in streams", "count", [
      { expr: "max by (subject) (bus_stream_pending)", legend: "not handed out: {{subject}}" },
      { expr: "max by (subject) (bus_stream_unacknowledged)", legend: "in hand: {{subject}}" },
    ]),
    series("Messages published", "mps", [
      { expr: rateOf("bus_published_total", { filters: CHOSEN, by: ["subject"] }), legend: "{{subject}}" },
    ]),
    series("Deliveries by what became of them", "mps", [
      {
        expr: rateOf("bus_consumed_total", { filters: CHOSEN, by: ["subject", "outcome"] }),
        legend: "{{subject}} {{outcome}}",
      },
    ]),
    series("Dead letters", "count", [
      {
        expr: orNone(countOf("dead_letters_total", "$interval", { filters: CHOSEN, by: ["subject"] }), "subject"),
        legend: "{{subject}}",
      },
      { expr: orNone("max by (subject) (engine_dead_letters)", "subject"), legend: "ever: {{subject}}" },
    ]),
  ];
}

function payloads(): Panel[] {
  return [
    series("Bytes parked in Redis and fetched", "Bps", [
      {
        expr: orNone(
          rateOf("bus_claim_check_bytes_total", { filters: CHOSEN, by: ["service", "direction"] }),
          "service",
        ),
        legend: "{{service}} {{direction}}",
      },
    ]),
    series("Writes withheld, audit records that could not be stored", "count", [
      {
        expr: orNone(countOf("bus_withheld_total", "$interval", { filters: CHOSEN, by: ["subject"] }), "subject"),
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
    series("Time since the start", "age", [
      { expr: `time() - process_start_time_seconds{${CHOSEN}}`, legend: perReplica },
    ]),
  ];
}
