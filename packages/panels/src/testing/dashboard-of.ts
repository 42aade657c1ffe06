import type { Dashboard, Panel } from "../dashboard.ts";
import type { Labels } from "../legend.ts";
import type { Source } from "../source.ts";

/** A dashboard with one panel, twelve columns wide. */
export function dashboardOf(panel: Partial<Panel>): Dashboard {
  return {
    uid: "test",
    title: "Test",
    panels: [{ type: "timeseries", title: "Panel", gridPos: { x: 0, y: 0, w: 12, h: 8 }, ...panel }],
    templating: { list: [{ name: "interval", type: "interval", current: { text: "1h", value: "1h" } }] },
  };
}

/** A Prometheus that always answers with these series: a value now, and a value for each moment of a span. */
export function answering(...series: readonly (readonly [labels: Labels, ...values: number[]])[]): Source {
  return {
    query: async () => series.map(([metric, ...values]) => ({ metric, value: values.at(-1) ?? 0 })),
    queryRange: async (_expression, { start, step }) =>
      series.map(([metric, ...values]) => ({
        metric,
        points: values.map((value, index) => [start + index * step, value] as const),
      })),
  };
}
