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

/** What figures are: how many, how long, how old, how large, how often. */
export type Unit = "count" | "s" | "age" | "bytes" | "Bps" | "reqps" | "ops" | "mps" | "percent" | "percentunit";

export type Color = "green" | "orange" | "red" | "blue";

/** From which value on a figure has a colour. */
export interface Threshold {
  readonly from: number;
  readonly color: Color;
}

/** What a value is called, where values stand for states. */
export interface State {
  readonly value: number;
  readonly text: string;
  readonly color: Color;
}

export interface Panel {
  /** `states` has a line of coloured spans for each series, which must have values of `states` only. */
  readonly kind: "series" | "stat" | "pie" | "gauge" | "states";
  readonly title: string;
  /** What it tells whoever has not built it. */
  readonly description?: string;
  readonly queries: readonly Query[];
  /** @default "count" */
  readonly unit?: Unit;
  /** Columns of 24. @default 12, and 6 for stats, pies and gauges */
  readonly width?: number;
  /** Lines of the grid. @default 10, 9 for a pie or a gauge, 4 for a stat */
  readonly height?: number;
  /** Of a stat or a gauge. @default blue, whatever the figure: it is neither good nor bad */
  readonly thresholds?: readonly Threshold[];
  readonly states?: readonly State[];
}
