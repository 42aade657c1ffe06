import type { Axis } from "./axis.ts";
import type { Box } from "./layout.ts";

/** A dashboard with everything decided: which text stands where, in which colour. Only drawing is left to do. */
export interface BoardDrawing {
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  /** The variables at the top. */
  readonly choices: readonly { readonly label: string; readonly value: string }[];
  readonly panels: readonly PanelDrawing[];
}

export interface PanelDrawing {
  readonly title: string;
  readonly description?: string;
  readonly box: Box;
  readonly content: Content;
}

export type Content =
  | { readonly kind: "row" }
  | { readonly kind: "error"; readonly message: string }
  | { readonly kind: "empty" }
  | SeriesContent
  | StatesContent
  | StatContent
  | PieContent
  | GaugeContent;

export interface SeriesContent {
  readonly kind: "series";
  /** Seconds since 1970. */
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  readonly x: Axis;
  readonly y: Axis;
  readonly stepped: boolean;
  readonly lineWidth: number;
  /** Percent. */
  readonly fillOpacity: number;
  readonly legend: LegendDrawing;
}

export interface Line {
  readonly name: string;
  readonly color: string;
  /** One for each time; null where there is none. */
  readonly values: readonly (number | null)[];
}

export interface LegendDrawing {
  readonly shown: boolean;
  readonly mode: "list" | "table";
  readonly placement: "bottom" | "right";
  /** Titles of the columns of values. */
  readonly columns: readonly string[];
  readonly entries: readonly LegendEntry[];
}

export interface LegendEntry {
  readonly name: string;
  readonly color: string;
  /** One for each column. */
  readonly values: readonly string[];
}

export interface StatesContent {
  readonly kind: "states";
  readonly rows: readonly { readonly name: string; readonly spans: readonly StateSpan[] }[];
  readonly x: Axis;
  readonly legend: LegendDrawing;
}

/** Shares of the time that is shown. */
export interface StateSpan {
  readonly from: number;
  readonly to: number;
  readonly color: string;
}

export interface StatContent {
  readonly kind: "stat";
  readonly figures: readonly Figure[];
  /** Whether the colour fills the panel rather than the figure. */
  readonly filled: boolean;
}

export interface Figure {
  /** Said only where there are several. */
  readonly name?: string;
  readonly text: string;
  readonly color: string;
}

export interface PieContent {
  readonly kind: "pie";
  readonly slices: readonly Slice[];
  /** The hole of a donut, as a share of the radius. */
  readonly hole: number;
  readonly legend: LegendDrawing;
}

export interface Slice {
  readonly color: string;
  /** Of the circle. */
  readonly share: number;
  readonly label: string;
}

export interface GaugeContent {
  readonly kind: "gauge";
  readonly text: string;
  readonly color: string;
  /** How far the needle goes. */
  readonly share: number;
  /** The thresholds on the rim. */
  readonly arcs: readonly { readonly from: number; readonly to: number; readonly color: string }[];
}
