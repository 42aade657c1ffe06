import type { Panel, Query, Variable } from "../grafana/plan.ts";
import { countOf, events, type Filters, orNone } from "../promql.ts";

/**
 * What monitors do to tickets, counted as `tasks_created`, `tasks_reopened`, `tasks_autoresolved` and
 * `tasks_forwarded`. A dashboard shows those of some monitors, narrowed by labels that the reader chooses.
 */
const WINDOW = "$interval";

const METRICS = {
  created: "tasks_created_total",
  reopened: "tasks_reopened_total",
  forwarded: "tasks_forwarded_total",
  autoresolved: "tasks_autoresolved_total",
} as const;
type Deed = keyof typeof METRICS;

const DEEDS: Readonly<Record<Deed, string>> = {
  created: "created",
  reopened: "re-opened",
  forwarded: "forwarded",
  autoresolved: "auto-resolved",
};

const LABELS: Readonly<Record<string, string>> = {
  feature: "Feature",
  host: "Host",
  client: "Client",
  trouble: "Trouble",
  outage_type: "Outage type",
  link_types: "Link types",
  has_byob: "BYOB",
  has_digi: "DiGi",
  topic: "Topic",
  severity: "Severity",
};

/** Variables for some labels, each offering the values that tasks have been created with. */
export function taskVariables(labels: readonly string[]): Variable[] {
  const variables = labels.map(
    (name): Variable => ({ kind: "label", name, label: LABELS[name] ?? name, metric: METRICS.created }),
  );
  return [...variables, { kind: "interval", initial: "1d" }];
}

/** Matchers of the labels that the reader chooses from. A label that a monitor does not have matches "all". */
export function chosen(labels: readonly string[], fixed = ""): Filters {
  return [fixed, ...labels.map((label) => `${label}=~"$${label}"`)].filter((matcher) => matcher !== "").join(",");
}

export function taskStat(title: string, deed: Deed, filters: Filters): Panel {
  return { kind: "stat", title, queries: [{ expr: countOf(METRICS[deed], WINDOW, { filters }), legend: title }] };
}

/** The four figures that every task dashboard begins with. */
export function taskStats(filters: Filters): Panel[] {
  return [
    taskStat("Tasks Created", "created", filters),
    taskStat("Tasks Re-Opened", "reopened", filters),
    taskStat("Tasks Forwarded", "forwarded", filters),
    taskStat("Tasks Auto-Resolved", "autoresolved", filters),
  ];
}

export function taskTrend(title: string, filters: Filters): Panel {
  const queries = (Object.keys(METRICS) as Deed[]).map((deed) => ({
    expr: countOf(METRICS[deed], WINDOW, { filters }),
    legend: DEEDS[deed],
  }));
  return {
    kind: "series",
    title,
    description: "At each moment, the tasks of the interval before it.",
    queries,
    width: 24,
  };
}

/** Deeds that are told apart by the values of a label. */
interface Shares {
  readonly label: string;
  /** What stands before a value that says too little alone, such as `2`. */
  readonly prefix?: string;
  readonly deeds: readonly Deed[];
}

export function tasksBy(title: string, share: Shares & { readonly width?: number }, filters: Filters): Panel {
  return { kind: "pie", title, queries: [byLabel(share, filters)], width: share.width ?? 6 };
}

export function tasksByOverTime(title: string, share: Shares, filters: Filters): Panel {
  return { kind: "series", title, queries: [byLabel(share, filters)], width: 18, height: 9 };
}

/** What the engine has taken off people's hands, of all that came up. */
export function queueReduction(filters: Filters): Panel {
  const sum = (...deeds: Deed[]) =>
    `(${deeds.map((deed) => `(${countOf(METRICS[deed], WINDOW, { filters })})`).join(" + ")})`;
  const share = `${sum("forwarded", "autoresolved")} / ${sum("created", "reopened")}`;
  return {
    kind: "gauge",
    title: "Work Queue Reduced By",
    description: "Tasks forwarded or resolved by the engine, of those it created or re-opened.",
    unit: "percentunit",
    queries: [{ expr: share, legend: "reduction" }],
    width: 8,
  };
}

function byLabel({ label, prefix = "", deeds }: Shares, filters: Filters): Query {
  // Series of two metrics may have the same labels, and only one of two equals would be kept.
  const counted = deeds.map(
    (deed) => `label_replace((${events(METRICS[deed], filters, WINDOW)}), "deed", "${deed}", "", "")`,
  );
  return { expr: orNone(`sum by (${label}) (${counted.join(" or ")})`, label), legend: `${prefix}{{${label}}}` };
}
