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

export interface OutageMetrics {
  created(facts: OutageFacts): void;
  reopened(facts: OutageFacts): void;
  autoResolved(facts: OutageFacts): void;
}

/** The counters of the existing fleet, by their names and labels. */
export function outageMetrics(registry: Registry, settings: Settings["metrics"]): OutageMetrics {
  const counter = (name: string, help: string) => {
    const tasks = new Counter({ name, help, labelNames, registers: [registry] });
    return (facts: OutageFacts) => tasks.inc(labelsOf(facts, settings));
  };
  return {
    created: counter("tasks_created_total", "Details of tickets that were opened"),
    reopened: counter("tasks_reopened_total", "Details of resolved tickets that were taken up again"),
    autoResolved: counter("tasks_autoresolved_total", "Details that were resolved because their outage was over"),
  };
}

export function labelsOf(facts: OutageFacts, settings: Settings["metrics"]): Labels {
  return {
    feature: "Service Outage Monitor",
    system: "VeloCloud",
    topic: "VOO",
    host: facts.host,
    client: clientLabel(facts.clientName, settings),
    outage_type: facts.outageType ?? "Unknown",
    severity: facts.severity === null ? "Unknown" : String(facts.severity),
    has_digi: flag(facts.hasDigi),
    has_byob: flag(facts.hasByob),
    link_types: linkTypesLabel(facts.linkTypes),
  };
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
