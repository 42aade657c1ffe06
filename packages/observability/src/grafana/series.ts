import type { Panel, Query, Unit } from "./plan.ts";

/** A panel of lines over time. */
export function series(title: string, unit: Unit, queries: readonly Query[]): Panel {
  return { kind: "series", title, unit, queries };
}
