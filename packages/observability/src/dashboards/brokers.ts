import { states } from "../grafana/panels.ts";
import type { DashboardPlan, Panel, State, Unit } from "../grafana/plan.ts";

const REACHABLE: readonly State[] = [
  { value: 1, text: "answers", color: "green" },
  { value: 0, text: "silent", color: "red" },
];
const NATS = 'namespace=~"$namespace"';

/** As NATS tells prometheus-nats-exporter. */
export function natsDashboard(): DashboardPlan {
  const gauge = (title: string, name: string, unit: Unit = "count"): Panel => ({
    kind: "series",
    title,
    unit,
    queries: [{ expr: `gnatsd_varz_${name}{${NATS}}`, legend: "{{server_id}}" }],
    width: 8,
    height: 9,
  });
  // The exporter repeats the last connections of a server that is gone, and then says nothing of its health.
  const answers = `1 - gnatsd_healthz_status{${NATS}} or 0 * gnatsd_varz_connections{${NATS}}`;
  // The exporter calls its totals gauges; they only grow, and begin at 0 with the server.
  const perSecond = (title: string, name: string, unit: Unit): Panel => ({
    kind: "series",
    title,
    unit,
    queries: [{ expr: `rate(gnatsd_varz_${name}{${NATS}}[$__rate_interval])`, legend: "{{server_id}}" }],
    height: 9,
  });
  return {
    uid: "IAfhY6hnk",
    title: "NATS Servers",
    description: "Load and clients of each NATS server.",
    range: "1h",
    variables: [{ kind: "label", name: "namespace", label: "Namespace", metric: "gnatsd_varz_connections" }],
    rows: [
      {
        title: "Server",
        panels: [
          { ...states("Reachable", REACHABLE, [{ expr: answers, legend: "{{server_id}}" }]), width: 8, height: 9 },
          gauge("Server CPU", "cpu", "percent"),
          gauge("Server Memory", "mem", "bytes"),
        ],
      },
      {
        title: "Throughput",
        panels: [
          perSecond("Bytes In", "in_bytes", "Bps"),
          perSecond("Bytes Out", "out_bytes", "Bps"),
          perSecond("Msgs In", "in_msgs", "mps"),
          perSecond("Msgs Out", "out_msgs", "mps"),
        ],
      },
      {
        title: "Clients",
        panels: [
          gauge("Connections", "connections"),
          gauge("Subscriptions", "subscriptions"),
          { ...gauge("Slow Consumers", "slow_consumers"), description: "Dropped since the server was started." },
        ],
      },
    ],
  };
}

/** As Redis tells redis_exporter. */
export function redisDashboard(): DashboardPlan {
  const panel = (title: string, unit: Unit, ...exprs: [expr: string, what: string][]): Panel => ({
    kind: "series",
    title,
    unit,
    queries: exprs.map(([expr, what]) => ({ expr, legend: `{{instance}} ${what}`.trim() })),
    height: 9,
  });
  return {
    uid: "trunkline-redis",
    title: "Redis",
    description: "Every Redis instance: leases, delayed work, large payloads and caches live in them.",
    range: "6h",
    variables: [],
    rows: [
      {
        title: "Server",
        panels: [
          { ...states("Reachable", REACHABLE, [{ expr: "redis_up", legend: "{{instance}}" }]), height: 9 },
          panel("Memory", "bytes", ["redis_memory_used_bytes", "used"], ["redis_memory_max_bytes", "allowed (0: any)"]),
          panel("Clients", "count", ["redis_connected_clients", "connected"], ["redis_blocked_clients", "blocked"]),
          panel("Commands", "ops", ["rate(redis_commands_processed_total[$__rate_interval])", ""]),
        ],
      },
      {
        title: "Keys",
        panels: [
          panel("Keys", "count", ["sum by (instance) (redis_db_keys)", ""]),
          panel(
            "Keys that ended",
            "ops",
            ["rate(redis_expired_keys_total[$__rate_interval])", "expired"],
            ["rate(redis_evicted_keys_total[$__rate_interval])", "evicted: must be 0"],
          ),
          panel(
            "Look-ups",
            "ops",
            ["rate(redis_keyspace_hits_total[$__rate_interval])", "found"],
            ["rate(redis_keyspace_misses_total[$__rate_interval])", "not found"],
          ),
          panel("Refused connections within an hour", "count", ["increase(redis_rejected_connections_total[1h])", ""]),
        ],
      },
    ],
  };
}
