/** Of Grafana's dashboard JSON, what decides how a dashboard looks. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description?: string;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly TemplateVariable[] };
}

export interface TemplateVariable {
  readonly name: string;
  readonly label?: string;
  readonly type: string;
  /** What "All" stands for. */
  readonly allValue?: string;
  readonly current?: { readonly text: string | readonly string[]; readonly value: string | readonly string[] };
}

export interface Panel {
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: GridPosition;
  readonly targets?: readonly Target[];
  readonly options?: PanelOptions;
  readonly fieldConfig?: { readonly defaults: FieldDefaults };
}

/** In columns of 24, and lines of 30 pixels. */
export interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat?: string;
  readonly instant?: boolean;
}

export interface PanelOptions {
  readonly legend?: Legend;
  /** What a pie says on its slices. */
  readonly displayLabels?: readonly string[];
  readonly pieType?: string;
  /** What a stat's colour fills: the figure, or all of it. */
  readonly colorMode?: string;
  readonly textMode?: string;
}

export interface Legend {
  readonly showLegend: boolean;
  readonly displayMode: string;
  readonly placement: string;
  readonly calcs: readonly string[];
  /** A pie's legend: `percent`, `value`. */
  readonly values?: readonly string[];
  readonly sortBy?: string;
  readonly sortDesc?: boolean;
}

export interface FieldDefaults {
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
  readonly thresholds?: { readonly steps: readonly ThresholdStep[] };
  readonly mappings?: readonly ValueMapping[];
  readonly custom?: {
    readonly lineWidth?: number;
    readonly fillOpacity?: number;
    readonly drawStyle?: string;
    readonly lineInterpolation?: string;
    readonly stacking?: { readonly mode?: string };
  };
}

export interface ThresholdStep {
  /** The first step has none: it reaches down to anything. */
  readonly value: number | null;
  readonly color: string;
}

export interface ValueMapping {
  readonly type: string;
  readonly options: Readonly<Record<string, { readonly text?: string; readonly color?: string }>>;
}
