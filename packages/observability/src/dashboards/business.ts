import type { DashboardPlan, Variable } from "../grafana/plan.ts";
import { countOf } from "../promql.ts";
import {
  chosen,
  queueReduction,
  taskStat,
  taskStats,
  tasksBy,
  tasksByOverTime,
  taskTrend,
  taskVariables,
} from "./tasks.ts";

const SERVICE_OUTAGE = 'feature="Service Outage Monitor"';
const SD_WAN = 'feature=~"Service (Affecting|Outage) Monitor"';

/** What is done for customers. The uids are those that these dashboards have always had: links to them stay. */
export function businessDashboards(): DashboardPlan[] {
  return [ipaTriage(), sdWan(), serviceOutage(), bruinApiUsage()];
}

function ipaTriage(): DashboardPlan {
  const labels = ["feature", "host", "client", "trouble", "outage_type", "link_types", "has_byob", "has_digi", "topic"];
  const all = [...labels, "severity"];
  const filters = chosen(all);
  return {
    uid: "r7wadOCnz",
    title: "IPA Triage Business Metrics",
    description: "Tickets' tasks over all monitors.",
    range: "7d",
    variables: taskVariables(all),
    rows: [
      { title: "Tasks", panels: [...taskStats(filters), taskTrend("Historical Trend", filters)] },
      {
        title: "By feature",
        panels: [
          tasksBy("Tasks Created by Feature", { label: "feature", deeds: ["created"] }, filters),
          tasksBy("Tasks Re-Opened by Feature", { label: "feature", deeds: ["reopened"] }, filters),
          tasksBy("Tasks Forwarded by Feature", { label: "feature", deeds: ["forwarded"] }, filters),
          tasksBy("Tasks Auto-Resolved by Feature", { label: "feature", deeds: ["autoresolved"] }, filters),
        ],
      },
      {
        title: "Work",
        panels: [
          tasksBy("Total Tasks", { label: "feature", deeds: ["created", "reopened"], width: 8 }, filters),
          tasksBy("Tasks to be Worked", { label: "topic", deeds: ["created", "reopened"], width: 8 }, filters),
          queueReduction(filters),
        ],
      },
    ],
  };
}

function sdWan(): DashboardPlan {
  const labels = ["host", "client", "trouble", "outage_type", "link_types", "has_byob", "has_digi", "severity"];
  const filters = chosen(labels, SD_WAN);
  return {
    uid: "ARWOJcXnz",
    title: "SD-WAN Business Metrics",
    description: "Tasks of the monitors that watch SD-WAN edges.",
    range: "7d",
    variables: taskVariables(labels),
    rows: [
      { title: "Tasks", panels: [...taskStats(filters), taskTrend("All Tasks", filters)] },
      {
        title: "By feature",
        panels: [
          tasksBy("Tasks Created by Feature", { label: "feature", deeds: ["created"] }, filters),
          tasksBy("Tasks Re-Opened by Feature", { label: "feature", deeds: ["reopened"] }, filters),
          tasksBy("Tasks Forwarded by Feature", { label: "feature", deeds: ["forwarded"] }, filters),
          tasksBy("Tasks Auto-Resolved by Feature", { label: "feature", deeds: ["autoresolved"] }, filters),
        ],
      },
    ],
  };
}

function serviceOutage(): DashboardPlan {
  const labels = ["host", "client", "outage_type", "link_types", "has_byob", "has_digi", "severity"];
  const filters = chosen(labels, SERVICE_OUTAGE);
  const opened = ["created", "reopened"] as const;
  const bySeverity = { label: "severity", prefix: "severity ", deeds: opened };
  return {
    uid: "VeiyfJX7z",
    title: "Service Outage Business Metrics",
    description: "Tasks of the service outage monitor.",
    range: "7d",
    variables: taskVariables(labels),
    rows: [
      { title: "Tasks", panels: [...taskStats(filters), taskTrend("All Tasks", filters)] },
      {
        title: "Created & Re-Opened, Forwarded",
        panels: [
          tasksByOverTime("Created & Re-Opened Over Time by Severity", bySeverity, filters),
          tasksBy("Created & Re-Opened by Severity", bySeverity, filters),
          tasksBy(
            "Created & Re-Opened by BYOB",
            { label: "has_byob", prefix: "BYOB: ", deeds: opened, width: 8 },
            filters,
          ),
          tasksBy("Created & Re-Opened by Link Type", { label: "link_types", deeds: opened, width: 8 }, filters),
          tasksBy("Forwarded by Target Queue", { label: "target_queue", deeds: ["forwarded"], width: 8 }, filters),
        ],
      },
      { title: "DiGi", panels: [taskStat("DiGi Outages", "created", `${filters},has_digi="True"`)] },
    ],
  };
}

function bruinApiUsage(): DashboardPlan {
  const metric = "bruin_api_usage_total";
  const namespace: Variable = { kind: "label", name: "namespace", label: "Namespace", metric };
  const filters = 'namespace=~"$namespace"';
  const over = (window: string, by: string[]) => countOf(metric, window, { filters, by });
  return {
    uid: "bruin_api_usage_v2",
    title: "Bruin API usage",
    description: "Calls to Bruin's API, which are limited by contract.",
    range: "24h",
    variables: [namespace, { kind: "interval", initial: "1h" }],
    rows: [
      {
        title: "Calls",
        panels: [
          {
            kind: "series",
            title: "Calls by Method",
            description: "At each moment, the calls of the interval before it.",
            queries: [
              { expr: over("$interval", ["method"]), legend: "{{method}}" },
              { expr: over("$interval", []), legend: "total" },
            ],
          },
          {
            kind: "series",
            title: "API Calls per Day",
            description: "At each moment, the calls of the 24 hours before it.",
            queries: [
              { expr: over("1d", ["method"]), legend: "{{method}}" },
              { expr: over("1d", []), legend: "total" },
            ],
          },
          {
            kind: "series",
            title: "Calls by Endpoint",
            description: "Per second. Numbers in paths are counted as {id}.",
            unit: "reqps",
            queries: [
              {
                expr: `sum by (method, endpoint_) (rate(${metric}{${filters}}[$__rate_interval]))`,
                legend: "{{method}} {{endpoint_}}",
              },
            ],
          },
          {
            kind: "series",
            title: "Calls by Status Code",
            description: "At each moment, the calls of the interval before it.",
            queries: [{ expr: over("$interval", ["response_status"]), legend: "{{response_status}}" }],
          },
          {
            kind: "series",
            title: "24h calls per datapoint",
            description: "At each moment, the calls of the 24 hours before it.",
            queries: [{ expr: over("24h", []), legend: "calls" }],
            width: 24,
          },
        ],
      },
    ],
  };
}
