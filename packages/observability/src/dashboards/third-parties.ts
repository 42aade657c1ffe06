import type { DashboardPlan } from "../grafana/plan.ts";
import { series } from "../grafana/series.ts";
import { countOf, quantile, rateOf } from "../promql.ts";

const CALLS = "third_party_requests_total";
const TIMES = "third_party_request_duration_seconds";
const CHOSEN = 'system=~"$system",host=~"$host"';
const FAILED = `${CHOSEN},status!~"[1-4][0-9][0-9]"`;

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
          series("Calls by status, or by why there was none", "none", [
            {
              expr: countOf(CALLS, "$interval", { filters: CHOSEN, by: ["system", "status"] }),
              legend: "{{system}} {{status}}",
            },
          ]),
          series("Share of calls that failed", "percentunit", [
            { expr: `(${share(FAILED)} or 0 * ${share(CHOSEN)}) / ${share(CHOSEN)}`, legend: "{{system}} {{host}}" },
          ]),
          series("Breakers: 0 closed, 1 half-open, 2 open", "none", [
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
          series("Calls", "none", [
            {
              expr: countOf(CALLS, "$interval", { filters: CHOSEN, by: ["system", "method", "endpoint"] }),
              legend: "{{system}} {{method}} {{endpoint}}",
            },
          ]),
          series("Latency: 95 % are quicker", "s", [
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
          series("DataRemote: calls by endpoint", "none", [
            {
              expr: `${countOf("dri_api_usage_total", "$interval", { by: ["method", "endpoint_"] })} or vector(0)`,
              legend: "{{method}} {{endpoint_}}",
            },
          ]),
          series("SMS: short messages sent", "none", [
            {
              expr: `${countOf("notifier_sms_parts_total", "$interval", { by: ["encoding"] })} or vector(0)`,
              legend: "{{encoding}}",
            },
          ]),
        ],
      },
    ],
  };
}
