import { series, states } from "../grafana/panels.ts";
import type { DashboardPlan, State } from "../grafana/plan.ts";
import { countOf, orNone, quantile, rateOf } from "../promql.ts";

const CALLS = "third_party_requests_total";
const TIMES = "third_party_request_duration_seconds";
const CHOSEN = 'system=~"$system",host=~"$host"';
const FAILED = `${CHOSEN},status!~"[1-4][0-9][0-9]"`;

const BREAKER: readonly State[] = [
  { value: 0, text: "closed: calls are made", color: "green" },
  { value: 1, text: "half-open: one call tries", color: "orange" },
  { value: 2, text: "open: no call is made", color: "red" },
];

/** How the systems behind the bridges are doing. */
export function thirdPartiesDashboard(): DashboardPlan {
  const share = (filters: string) => `sum by (system, host) (rate(${CALLS}{${filters}}[$__rate_interval]))`;
  return {
    uid: "trunkline-third-parties",
    title: "Third parties",
    description: "Calls that the bridges make, how they end, how long they take, and whether breakers hold them back.",
    range: "6h",
    variables: [
      { kind: "label", name: "system", label: "System", metric: CALLS },
      { kind: "label", name: "host", label: "Host", metric: CALLS },
      { kind: "interval", initial: "1h" },
    ],
    rows: [
      {
        title: "By system",
        panels: [
          series("Calls", "reqps", [
            { expr: rateOf(CALLS, { filters: CHOSEN, by: ["system", "host"] }), legend: "{{system}} {{host}}" },
          ]),
          series("Calls by status, or by why there was none", "count", [
            {
              expr: countOf(CALLS, "$interval", { filters: CHOSEN, by: ["system", "status"] }),
              legend: "{{system}} {{status}}",
            },
          ]),
          series("Share of calls that failed", "percentunit", [
            { expr: `(${share(FAILED)} or 0 * ${share(CHOSEN)}) / ${share(CHOSEN)}`, legend: "{{system}} {{host}}" },
          ]),
          states("Breakers", BREAKER, [
            { expr: `max by (system, host) (third_party_breaker_state{${CHOSEN}})`, legend: "{{system}} {{host}}" },
          ]),
          series("Latency: 95 % are quicker", "s", [
            { expr: quantile(0.95, TIMES, { filters: CHOSEN, by: ["system", "host"] }), legend: "{{system}} {{host}}" },
          ]),
          series("Latency: median", "s", [
            { expr: quantile(0.5, TIMES, { filters: CHOSEN, by: ["system", "host"] }), legend: "{{system}} {{host}}" },
          ]),
        ],
      },
      {
        title: "By endpoint",
        panels: [
          series("Calls by endpoint", "count", [
            {
              expr: countOf(CALLS, "$interval", { filters: CHOSEN, by: ["system", "method", "endpoint"] }),
              legend: "{{system}} {{method}} {{endpoint}}",
            },
          ]),
          series("Latency by endpoint: 95 % are quicker", "s", [
            {
              expr: quantile(0.95, TIMES, { filters: CHOSEN, by: ["system", "method", "endpoint"] }),
              legend: "{{system}} {{method}} {{endpoint}}",
            },
          ]),
        ],
      },
      {
        title: "Single systems",
        panels: [
          series("DataRemote: calls by endpoint", "count", [
            {
              expr: orNone(countOf("dri_api_usage_total", "$interval", { by: ["method", "endpoint_"] }), "method"),
              legend: "{{method}} {{endpoint_}}",
            },
          ]),
          series("SMS: short messages sent", "count", [
            {
              expr: orNone(countOf("notifier_sms_parts_total", "$interval", { by: ["encoding"] }), "encoding"),
              legend: "{{encoding}}",
            },
          ]),
        ],
      },
    ],
  };
}
