import type { FieldDefaults, ThresholdStep, ValueMapping } from "./dashboard.ts";

/** Grafana's classic palette on its dark ground: one colour for each series, in order. */
const PALETTE = [
  "#73bf69",
  "#f2cc0c",
  "#8ab8ff",
  "#ff780a",
  "#f2495c",
  "#5794f2",
  "#b877d9",
  "#705da0",
  "#37872d",
  "#fade2a",
  "#447ebc",
  "#c15c17",
  "#890f02",
  "#0a437c",
  "#6d1f62",
  "#584477",
  "#b7dbab",
  "#f4d598",
  "#70dbed",
  "#f9ba8f",
] as const;

const NAMED: Readonly<Record<string, string>> = {
  green: "#73bf69",
  yellow: "#fade2a",
  orange: "#ff9830",
  red: "#f2495c",
  blue: "#5794f2",
  purple: "#b877d9",
  text: "#ccccdc",
};

/** Where a panel names no thresholds, Grafana has these. */
const DEFAULT_STEPS: readonly ThresholdStep[] = [
  { value: null, color: "green" },
  { value: 80, color: "red" },
];

export function paletteColor(index: number): string {
  return PALETTE[index % PALETTE.length] ?? PALETTE[0];
}

export function stepsOf({ thresholds }: FieldDefaults): readonly ThresholdStep[] {
  return thresholds?.steps ?? DEFAULT_STEPS;
}

/** The colour of the highest step that a value reaches. */
export function thresholdColor(value: number, steps: readonly ThresholdStep[]): string {
  const reached = steps.filter((step) => step.value === null || value >= step.value);
  return namedColor(reached.at(-1)?.color ?? "text");
}

/** What a value is called, and its colour, where the panel says so. */
export function mapped(value: number, mappings: readonly ValueMapping[] = []): { text?: string; color?: string } {
  const found = mappings.find(({ type, options }) => type === "value" && options[String(value)] !== undefined);
  const { text, color } = found?.options[String(value)] ?? {};
  return { ...(text !== undefined && { text }), ...(color !== undefined && { color: namedColor(color) }) };
}

/** @throws an Error for a colour that is not in use yet */
function namedColor(color: string): string {
  const found = color.startsWith("#") ? color : NAMED[color];
  if (found === undefined) throw new Error(`the colour "${color}" cannot be drawn yet`);
  return found;
}
