import type { NamedSeries } from "./answer.ts";
import { timeAxis, valueAxis } from "./axis.ts";
import { paletteColor } from "./colors.ts";
import type { Legend, Panel } from "./dashboard.ts";
import type { Content, LegendDrawing, Line } from "./drawing.ts";
import type { Box } from "./layout.ts";
import { calculationTitle, reduced } from "./legend.ts";
import type { Span } from "./source.ts";
import { formatted } from "./unit.ts";

/** Room that one label of an axis takes, in pixels. */
const LABEL = { width: 90, height: 34 };
/** What of a panel's height is left to the graph by its title and its legend. */
const GRAPH_SHARE = 0.55;

/** Where a panel says nothing of its legend. */
const PLAIN_LEGEND: Legend = { showLegend: true, displayMode: "list", placement: "bottom", calcs: [] };

/** Lines over time. */
export function seriesPanel(panel: Panel, series: readonly NamedSeries[], { box, span }: Place): Content {
  const { unit = "none", decimals, min, max, custom = {} } = panel.fieldConfig?.defaults ?? {};
  const times = timesOf(span);
  const lines = series.map(({ name, points }, index) => ({
    name,
    color: paletteColor(index),
    values: valuesAt(times.length, points, span),
  }));
  const known = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  if (known.length === 0) return { kind: "empty" };
  const legend = legendOf(panel, lines, (value) => formatted(value, unit, decimals));
  const graphWidth = legend.shown && legend.placement === "right" ? box.width * 0.6 : box.width;
  return {
    kind: "series",
    times,
    lines,
    x: timeAxis(span.start, span.end, Math.floor(graphWidth / LABEL.width)),
    y: valueAxis(known, {
      min,
      max,
      room: Math.max(2, Math.floor((box.height * GRAPH_SHARE) / LABEL.height)),
      label: (value) => formatted(value, unit, decimals),
      grid: gridOf(unit, decimals),
    }),
    stepped: custom.lineInterpolation === "stepAfter",
    lineWidth: custom.lineWidth ?? 1,
    fillOpacity: custom.fillOpacity ?? 0,
    legend,
  };
}

function gridOf(unit: string, decimals: number | undefined): "whole" | "binary" | "round" {
  if (unit === "bytes") return "binary";
  return decimals === 0 ? "whole" : "round";
}

interface Place {
  readonly box: Box;
  readonly span: Span;
}

function timesOf({ start, end, step }: Span): number[] {
  return Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, index) => start + index * step);
}

function valuesAt(count: number, points: NamedSeries["points"], { start, step }: Span): (number | null)[] {
  const values = Array<number | null>(count).fill(null);
  for (const [time, value] of points) {
    const index = Math.round((time - start) / step);
    if (index >= 0 && index < count && Number.isFinite(value)) values[index] = value;
  }
  return values;
}

function legendOf({ options }: Panel, lines: readonly Line[], label: (value: number) => string): LegendDrawing {
  const { showLegend, displayMode, placement, calcs, sortBy, sortDesc } = options?.legend ?? PLAIN_LEGEND;
  const entries = lines.map(({ name, color, values }) => {
    const figures = calcs.map((calculation) => reduced(calculation, values));
    return { name, color, figures, values: figures.map((figure) => (figure === undefined ? "" : label(figure))) };
  });
  const by = calcs.findIndex((calculation) => calculationTitle(calculation) === sortBy);
  const figure = ({ figures }: { figures: readonly (number | undefined)[] }) => figures[by] ?? Number.NEGATIVE_INFINITY;
  const direction = sortDesc === true ? -1 : 1;
  const sorted = by < 0 ? entries : entries.toSorted((a, b) => direction * (figure(a) - figure(b)));
  return {
    shown: showLegend,
    mode: displayMode === "table" ? "table" : "list",
    placement: placement === "right" ? "right" : "bottom",
    columns: calcs.map(calculationTitle),
    entries: sorted.map(({ name, color, values }) => ({ name, color, values })),
  };
}
