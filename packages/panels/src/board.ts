import { answersOf, type NamedSeries } from "./answer.ts";
import type { Dashboard, Panel } from "./dashboard.ts";
import type { BoardDrawing, Content, PanelDrawing } from "./drawing.ts";
import { gaugePanel, piePanel, statPanel } from "./figure-panels.ts";
import { type Box, boxOf, heightOf } from "./layout.ts";
import { initialValues } from "./query.ts";
import { seriesPanel } from "./series-panel.ts";
import type { Source, Span } from "./source.ts";
import { statesPanel } from "./states-panel.ts";

/** What of the world a dashboard is drawn from. */
export interface View {
  readonly source: Source;
  readonly span: Span;
  /** Grafana's `$__rate_interval`. */
  readonly rateInterval: string;
  /** Pixels. */
  readonly width: number;
}

/** Asks for everything a dashboard shows, and decides how it looks. What cannot be had is said in its panel. */
export async function boardOf(dashboard: Dashboard, view: View): Promise<BoardDrawing> {
  const panels = await Promise.all(dashboard.panels.map((panel) => panelOf(panel, dashboard, view)));
  return {
    title: dashboard.title,
    description: dashboard.description ?? "",
    width: view.width,
    height: heightOf(panels.map(({ box }) => box)),
    choices: dashboard.templating.list
      .filter(({ type }) => type !== "datasource")
      .map(({ name, label = name, current }) => ({ label, value: [current?.text ?? "All"].flat().join(", ") })),
    panels,
  };
}

async function panelOf(panel: Panel, dashboard: Dashboard, view: View): Promise<PanelDrawing> {
  const box = boxOf(panel.gridPos, view.width);
  return {
    title: panel.title,
    ...(panel.description !== undefined && { description: panel.description }),
    box,
    content: await contentOf(panel, box, { dashboard, view }).catch((error: unknown) => ({
      kind: "error" as const,
      message: error instanceof Error ? error.message : String(error),
    })),
  };
}

interface Surroundings {
  readonly dashboard: Dashboard;
  readonly view: View;
}

async function contentOf(panel: Panel, box: Box, { dashboard, view }: Surroundings): Promise<Content> {
  if (panel.type === "row") return { kind: "row" };
  const { source, span, rateInterval } = view;
  const values = initialValues(dashboard, rateInterval);
  return drawn(panel, await answersOf(panel, source, { values, span }), { box, span });
}

function drawn(panel: Panel, series: readonly NamedSeries[], place: { box: Box; span: Span }): Content {
  switch (panel.type) {
    case "timeseries":
      return seriesPanel(panel, series, place);
    case "state-timeline":
      return statesPanel(panel, series, place);
    case "stat":
      return statPanel(panel, series);
    case "piechart":
      return piePanel(panel, series);
    case "gauge":
      return gaugePanel(panel, series);
    default:
      throw new Error(`panels of the kind "${panel.type}" cannot be drawn yet`);
  }
}
