import type { Labels } from "./legend.ts";

/** One series at one moment. */
export interface Sample {
  readonly metric: Labels;
  readonly value: number;
}

/** One series over time; each point is seconds since 1970 and a value. */
export interface SampledSeries {
  readonly metric: Labels;
  readonly points: readonly (readonly [time: number, value: number])[];
}

/** What is shown, in seconds since 1970, and how far points lie apart. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** A Prometheus, as far as panels ask it. It throws where an expression is no PromQL. */
export interface Source {
  query(expression: string): Promise<readonly Sample[]>;
  queryRange(expression: string, span: Span): Promise<readonly SampledSeries[]>;
}
