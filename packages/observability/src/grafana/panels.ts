import type { Panel, Query, State, Threshold, Unit } from "./plan.ts";

/** A panel of lines over time. */
export function series(title: string, unit: Unit, queries: readonly Query[]): Panel {
  return { kind: "series", title, unit, queries };
}

/** A panel of states over time. */
export function states(title: string, known: readonly State[], queries: readonly Query[]): Panel {
  return { kind: "states", title, states: known, queries };
}

/** One large figure that is good, until it is not. */
export function alarm(title: string, expr: string, { unit = "count", from }: { unit?: Unit; from: number }): Panel {
  return stat(title, expr, { unit, thresholds: [{ from, color: "red" }] });
}

interface StatLooks {
  readonly unit?: Unit;
  readonly thresholds?: readonly Threshold[];
}

/** One large figure. */
export function stat(title: string, expr: string, looks: StatLooks = {}): Panel {
  return { kind: "stat", title, queries: [{ expr, legend: title }], width: 4, ...looks };
}
