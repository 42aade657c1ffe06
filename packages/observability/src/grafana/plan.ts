/** A dashboard as this project thinks of it; `build.ts` turns it into what Grafana loads. */
export interface DashboardPlan {
  /** Also the name of its file. Links to a dashboard are made of it, so it stays. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** What is shown at first, up to now, such as `7d`. */
  readonly range: string;
  readonly variables: readonly Variable[];
  readonly rows: readonly Row[];
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** The values of a label, all of them at first; or the span over which events are counted, as `$interval`. */
export type Variable =
  | { readonly kind: "label"; readonly name: string; readonly label: string; readonly metric: string }
  | { readonly kind: "interval"; readonly initial: string };

export interface Query {
  /** PromQL. */
  readonly expr: string;
  /** With labels in double braces, as Grafana writes them. */
  readonly legend: string;
}

/** Names that Grafana has for units. */
export type Unit = "short" | "s" | "bytes" | "Bps" | "reqps" | "ops" | "percentunit" | "none";

export interface Panel {
  readonly kind: "series" | "stat" | "pie" | "gauge";
  readonly title: string;
  /** What it tells whoever has not built it. */
  readonly description?: string;
  readonly queries: readonly Query[];
  /** @default "short" */
  readonly unit?: Unit;
  /** Columns of 24. @default 12, and 6 for a stat */
  readonly width?: number;
}
