import type { NamedSeries } from "./answer.ts";
import { mapped, paletteColor, stepsOf, thresholdColor } from "./colors.ts";
import type { FieldDefaults, Panel } from "./dashboard.ts";
import type { Content, Figure, LegendDrawing, Slice } from "./drawing.ts";
import { reduced } from "./legend.ts";
import { formatted } from "./unit.ts";

/** A name and a number, the last that is known. */
interface Fact {
  readonly name: string;
  readonly value: number;
}

/** Large figures, in the colours of their thresholds. */
export function statPanel(panel: Panel, series: readonly NamedSeries[]): Content {
  const facts = factsOf(series);
  if (facts.length === 0) return { kind: "empty" };
  const figures = facts.map(
    (fact): Figure => ({
      ...figureOf(fact.value, defaultsOf(panel)),
      ...(facts.length > 1 && { name: fact.name }),
    }),
  );
  return { kind: "stat", figures, filled: panel.options?.colorMode === "background" };
}

/** How shares make up a whole. */
export function piePanel(panel: Panel, series: readonly NamedSeries[]): Content {
  const facts = factsOf(series);
  if (facts.length === 0) return { kind: "empty" };
  const total = facts.reduce((sum, { value }) => sum + value, 0);
  const { unit = "short", decimals } = defaultsOf(panel);
  const shareOf = ({ value }: Fact) => (total === 0 ? 0 : value / total);
  const percent = (fact: Fact) => `${Math.round(shareOf(fact) * 100)}%`;
  const words: Readonly<Record<string, (fact: Fact) => string>> = {
    name: ({ name }) => name,
    value: ({ value }) => formatted(value, unit, decimals),
    percent,
  };
  const say = (fact: Fact) => (word: string) => words[word]?.(fact) ?? "";
  const { displayLabels = [], pieType, legend } = panel.options ?? {};
  const slices = facts.map(
    (fact, index): Slice => ({
      color: paletteColor(index),
      share: shareOf(fact),
      label: displayLabels.map(say(fact)).join("\n"),
    }),
  );
  const columns = legend?.values ?? [];
  const drawnLegend: LegendDrawing = {
    shown: legend?.showLegend ?? true,
    mode: legend?.displayMode === "table" ? "table" : "list",
    placement: legend?.placement === "right" ? "right" : "bottom",
    columns: columns.map((column) => ({ value: "Value", percent: "Percent" })[column] ?? column),
    entries: facts.map((fact, index) => ({
      name: fact.name,
      color: paletteColor(index),
      values: columns.map(say(fact)),
    })),
  };
  return { kind: "pie", slices, hole: pieType === "donut" ? 0.7 : 0, legend: drawnLegend };
}

/** One figure between its least and its most. */
export function gaugePanel(panel: Panel, series: readonly NamedSeries[]): Content {
  const [fact] = factsOf(series);
  if (fact === undefined) return { kind: "empty" };
  const defaults = defaultsOf(panel);
  const { min = 0, max = 100 } = defaults;
  const share = (value: number) => Math.min(Math.max((value - min) / (max - min), 0), 1);
  const steps = stepsOf(defaults);
  const arcs = steps.map(({ value, color }, index) => ({
    from: share(value ?? min),
    to: share(steps[index + 1]?.value ?? max),
    color: thresholdColor(value ?? min, [{ value: null, color }]),
  }));
  return { kind: "gauge", ...figureOf(fact.value, defaults), share: share(fact.value), arcs };
}

function factsOf(series: readonly NamedSeries[]): Fact[] {
  return series.flatMap(({ name, points }) => {
    const value = reduced(
      "lastNotNull",
      points.map(([, each]) => (Number.isFinite(each) ? each : null)),
    );
    return value === undefined ? [] : [{ name, value }];
  });
}

function figureOf(value: number, defaults: FieldDefaults): { text: string; color: string } {
  const { text, color } = mapped(value, defaults.mappings);
  return {
    text: text ?? formatted(value, defaults.unit ?? "none", defaults.decimals),
    color: color ?? thresholdColor(value, stepsOf(defaults)),
  };
}

function defaultsOf({ fieldConfig }: Panel): FieldDefaults {
  return fieldConfig?.defaults ?? {};
}
