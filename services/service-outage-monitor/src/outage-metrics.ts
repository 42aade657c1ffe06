import type { LinkType, OutageType } from "@trunkline/sdwan";
import { Counter, type Registry } from "prom-client";
import type { Settings } from "./settings.ts";

/** Facts about an outage that its counters are told apart by; null where they are not known. */
export interface OutageFacts {
  readonly host: string;
  readonly clientName: string;
  readonly outageType: OutageType | null;
  readonly severity: number | null;
  readonly hasDigi: boolean | null;
  readonly hasByob: boolean | null;
  /** Of the links that are down, null for each whose type nobody configured. */
  readonly linkTypes: readonly (LinkType["type"] | null)[] | null;
}

const labelNames = [
  "feature",
  "system",
  "topic",
  "host",
  "client",
  "outage_type",
  "severity",
  "has_digi",
  "has_byob",
  "link_types",
] as const;
type Labels = Record<(typeof labelNames)[number], string>;

const fixedLabels = { feature: "Service Outage Monitor", system: "VeloCloud", topic: "VOO" } as const;

export interface OutageMetrics {
  created(facts: OutageFacts): void;
  reopened(facts: OutageFacts): void;
  autoResolved(facts: OutageFacts): void;
  forwarded(facts: OutageFacts, queue: string): void;
  /** A forward that somebody else carried out, by the labels that came with it. */
  forwardedElsewhere(host: string, labels: Readonly<Record<string, unknown>>): void;
}

/** The counters of the existing fleet, by their names and labels. */
export function outageMetrics(registry: Registry, settings: Settings["metrics"]): OutageMetrics {
  const counter = (name: string, help: string) => {
    const tasks = new Counter({ name, help, labelNames, registers: [registry] });
    return (facts: OutageFacts) => tasks.inc(labelsOf(facts, settings));
  };
  const forwards = new Counter({
    name: "tasks_forwarded_total",
    help: "Details that were moved into a work queue",
    labelNames: [...labelNames, "target_queue"],
    registers: [registry],
  });
  return {
    forwarded: (facts, queue) => forwards.inc({ ...labelsOf(facts, settings), target_queue: queue }),
    forwardedElsewhere: (host, labels) => forwards.inc({ ...fixedLabels, host, ...textLabels(labels) }),
    created: counter("tasks_created_total", "Details of tickets that were opened"),
    reopened: counter("tasks_reopened_total", "Details of resolved tickets that were taken up again"),
    autoResolved: counter("tasks_autoresolved_total", "Details that were resolved because their outage was over"),
  };
}

export function labelsOf(facts: OutageFacts, settings: Settings["metrics"]): Labels {
  return {
    ...fixedLabels,
    host: facts.host,
    client: clientLabel(facts.clientName, settings),
    outage_type: facts.outageType ?? "Unknown",
    severity: facts.severity === null ? "Unknown" : String(facts.severity),
    has_digi: flag(facts.hasDigi),
    has_byob: flag(facts.hasByob),
    link_types: linkTypesLabel(facts.linkTypes),
  };
}

const toldLabels = ["client", "outage_type", "severity", "has_digi", "has_byob", "link_types", "target_queue"] as const;

/** Python's spelling of flags, as this service's own labels have it. */
function textLabels(labels: Readonly<Record<string, unknown>>): Record<(typeof toldLabels)[number], string> {
  const text = (value: unknown) => {
    if (typeof value === "boolean") return value ? "True" : "False";
    return value === undefined || value === null ? "Unknown" : String(value);
  };
  return Object.fromEntries(toldLabels.map((name) => [name, text(labels[name])])) as ReturnType<typeof textLabels>;
}

/** Series are few only when most clients share one. */
function clientLabel(name: string, { umbrellas, relevantClients }: Settings["metrics"]): string {
  const umbrella = umbrellas.find((each) => name.startsWith(each));
  return umbrella ?? (relevantClients.includes(name) ? name : "Other");
}

function flag(value: boolean | null): string {
  if (value === null) return "Unknown";
  return value ? "True" : "False";
}

function linkTypesLabel(types: OutageFacts["linkTypes"]): string {
  if (types === null) return "Unknown";
  if (types.length === 0) return "None";
  const known = new Set(types.filter((type) => type !== null));
  if (known.size > 1) return "Both";
  const [only] = known;
  return only === undefined ? "Unknown" : only.charAt(0) + only.slice(1).toLowerCase();
}
