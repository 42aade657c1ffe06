import type { NamedSeries } from "./answer.ts";
import { timeAxis } from "./axis.ts";
import { mapped, stepsOf, thresholdColor } from "./colors.ts";
import type { Panel, ValueMapping } from "./dashboard.ts";
import type { Content, LegendEntry, StateSpan } from "./drawing.ts";
import type { Box } from "./layout.ts";
import type { Span } from "./source.ts";

/** What stands beside the spans: the names of the series. */
const NAMES = 0.35;
const LABEL_WIDTH = 90;

/** Which state each series was in when: a line of coloured spans for each. */
export function statesPanel(
  panel: Panel,
  series: readonly NamedSeries[],
  { box, span }: { box: Box; span: Span },
): Content {
  const { mappings = [], ...defaults } = panel.fieldConfig?.defaults ?? {};
  const colorOf = (value: number) => mapped(value, mappings).color ?? thresholdColor(value, stepsOf(defaults));
  const rows = series.map(({ name, points }) => ({ name, spans: spansOf(points, span, colorOf) }));
  if (rows.every(({ spans }) => spans.length === 0)) return { kind: "empty" };
  return {
    kind: "states",
    rows,
    x: timeAxis(span.start, span.end, Math.floor((box.width * (1 - NAMES)) / LABEL_WIDTH)),
    legend: {
      shown: panel.options?.legend?.showLegend ?? true,
      mode: "list",
      placement: "bottom",
      columns: [],
      entries: statesNamed(mappings, colorOf),
    },
  };
}

/** Points of the same colour that follow each other are one span, which ends where the next point lies. */
function spansOf(
  points: NamedSeries["points"],
  { start, end, step }: Span,
  colorOf: (value: number) => string,
): StateSpan[] {
  const spans: StateSpan[] = [];
  const share = (time: number) => Math.min(Math.max((time - start) / (end - start), 0), 1);
  for (const [time, value] of points) {
    if (!Number.isFinite(value)) continue;
    const [from, to, color] = [share(time), share(time + step), colorOf(value)];
    const last = spans.at(-1);
    if (last?.color === color && Math.abs(last.to - from) < 1e-9) spans[spans.length - 1] = { ...last, to };
    else spans.push({ from, to, color });
  }
  return spans;
}

function statesNamed(mappings: readonly ValueMapping[], colorOf: (value: number) => string): LegendEntry[] {
  const known = mappings.flatMap(({ options }) => Object.entries(options));
  return known.map(([value, { text = value }]) => ({ name: text, color: colorOf(Number(value)), values: [] }));
}
