import { BigValueGraphMode, VisibilityMode } from "@grafana/grafana-foundation-sdk/common";
import * as dashboards from "@grafana/grafana-foundation-sdk/dashboard";
import * as gauges from "@grafana/grafana-foundation-sdk/gauge";
import * as pies from "@grafana/grafana-foundation-sdk/piechart";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import * as stats from "@grafana/grafana-foundation-sdk/stat";
import * as timelines from "@grafana/grafana-foundation-sdk/statetimeline";
import * as series from "@grafana/grafana-foundation-sdk/timeseries";
import { legendOf, mappingsOf, pieLegend, thresholdsOf, tooltip, unitOf } from "./looks.ts";
import type { DashboardPlan, Panel, Variable } from "./plan.ts";

/** A dashboard says which Prometheus it reads by a variable, so that one Grafana can show several. */
const SOURCE = { type: "prometheus", uid: "$datasource" };
const INTERVALS = ["5m", "15m", "30m", "1h", "6h", "12h", "1d", "7d", "14d", "30d"];
/** The legend of a series panel needs room for several lines. */
const HEIGHT = { series: 10, states: 10, stat: 4, pie: 9, gauge: 9 } as const;
const WIDTH = { series: 12, states: 12, stat: 6, pie: 6, gauge: 6 } as const;
const ROW_WIDTH = 24;

/** What Grafana loads. */
export function buildDashboard({
  uid,
  title,
  description,
  range,
  variables,
  rows,
}: DashboardPlan): dashboards.Dashboard {
  const builder = new dashboards.DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(["trunkline"])
    .time({ from: `now-${range}`, to: "now" })
    .timezone("browser")
    .refresh("1m")
    .readonly()
    .withVariable(new dashboards.DatasourceVariableBuilder("datasource").label("Prometheus").type("prometheus"));
  for (const variable of variables) builder.withVariable(variableOf(variable));
  for (const row of rows) {
    builder.withRow(new dashboards.RowBuilder(row.title));
    for (const panel of row.panels) builder.withPanel(panelOf(panel));
  }
  return builder.build();
}

function variableOf(variable: Variable) {
  if (variable.kind === "interval") {
    const { initial } = variable;
    return new dashboards.IntervalVariableBuilder("interval")
      .label("Interval")
      .values(INTERVALS.join(","))
      .options(INTERVALS.map((value) => ({ text: value, value, selected: value === initial })))
      .current({ text: initial, value: initial, selected: true });
  }
  const { name, label, metric } = variable;
  return (
    new dashboards.QueryVariableBuilder(name)
      .label(label)
      .datasource(SOURCE)
      .query(`label_values(${metric}, ${name})`)
      .refresh(dashboards.VariableRefresh.OnTimeRangeChanged)
      .sort(dashboards.VariableSort.AlphabeticalAsc)
      .multi(true)
      .includeAll(true)
      // Also what lacks the label, and what has appeared since the list was read.
      .allValue(".*")
      .current({ text: "All", value: "$__all", selected: true })
  );
}

function panelOf(panel: Panel) {
  const { title, description, unit = "count", queries } = panel;
  const { name, decimals } = unitOf(unit);
  const builder = emptyPanel(panel)
    .title(title)
    .datasource(SOURCE)
    .unit(name)
    .height(panel.height ?? HEIGHT[panel.kind])
    .span(Math.min(panel.width ?? WIDTH[panel.kind], ROW_WIDTH));
  if (decimals !== undefined) builder.decimals(decimals);
  if (description !== undefined) builder.description(description);
  for (const [index, { expr, legend }] of queries.entries()) {
    const query = new DataqueryBuilder()
      .refId(String.fromCharCode("A".charCodeAt(0) + index))
      .expr(expr)
      .legendFormat(legend);
    builder.withTarget(isOverTime(panel) ? query.range() : query.instant());
  }
  return builder;
}

function isOverTime({ kind }: Panel): boolean {
  return kind === "series" || kind === "states";
}

/** Each kind's builder has methods of its own; these are the ones that all have, and the looks of each. */
function emptyPanel({ kind, queries, thresholds, states: known = [] }: Panel) {
  switch (kind) {
    case "series":
      return new series.PanelBuilder().lineWidth(1).fillOpacity(0).min(0).legend(legendOf(queries)).tooltip(tooltip());
    case "states":
      return new timelines.PanelBuilder()
        .mappings(mappingsOf(known))
        .showValue(VisibilityMode.Never)
        .legend(legendOf([]).calcs([]));
    case "stat":
      return new stats.PanelBuilder().thresholds(thresholdsOf(thresholds)).graphMode(BigValueGraphMode.None);
    case "pie":
      return new pies.PanelBuilder().legend(pieLegend());
    case "gauge":
      return new gauges.PanelBuilder().min(0).max(1).thresholds(thresholdsOf(thresholds));
  }
}
