import * as common from "@grafana/grafana-foundation-sdk/common";
import * as dashboards from "@grafana/grafana-foundation-sdk/dashboard";
import * as pies from "@grafana/grafana-foundation-sdk/piechart";
import type { Query, State, Threshold, Unit } from "./plan.ts";

/** A unit by Grafana's name for it; events cannot be halved. */
export function unitOf(unit: Unit): { name: string; decimals?: number } {
  switch (unit) {
    case "count":
      return { name: "locale", decimals: 0 };
    case "age":
      return { name: "dtdhms" };
    default:
      return { name: unit };
  }
}

/** Whether labels tell the series apart, so that nobody knows beforehand how many there are. */
function isByLabels(queries: readonly Query[]): boolean {
  return queries.some(({ legend }) => legend.includes("{{"));
}

/** A table with the largest first where there may be many series, else a line. Without saying so there is no legend. */
export function legendOf(queries: readonly Query[]): common.VizLegendOptionsBuilder {
  const legend = new common.VizLegendOptionsBuilder().showLegend(true).placement(common.LegendPlacement.Bottom);
  return isByLabels(queries)
    ? legend.displayMode(common.LegendDisplayMode.Table).calcs(["lastNotNull", "max"]).sortBy("Last *").sortDesc(true)
    : legend.displayMode(common.LegendDisplayMode.List).calcs(["lastNotNull"]);
}

export function pieLegend(): pies.PieChartLegendOptionsBuilder {
  return new pies.PieChartLegendOptionsBuilder()
    .showLegend(true)
    .placement(common.LegendPlacement.Bottom)
    .displayMode(common.LegendDisplayMode.Table)
    .values([pies.PieChartLegendValues.Value, pies.PieChartLegendValues.Percent]);
}

/** Lines of all series at a moment, the highest first. */
export function tooltip(): common.VizTooltipOptionsBuilder {
  return new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi).sort(common.SortOrder.Descending);
}

/** Without thresholds of its own a panel gets Grafana's: red from 80 on, whatever it counts. */
export function thresholdsOf(thresholds: readonly Threshold[] | undefined): dashboards.ThresholdsConfigBuilder {
  const base = { value: null, color: thresholds === undefined ? "blue" : "green" };
  const steps = (thresholds ?? []).map(({ from, color }) => ({ value: from, color }));
  return new dashboards.ThresholdsConfigBuilder().mode(dashboards.ThresholdsMode.Absolute).steps([base, ...steps]);
}

export function mappingsOf(states: readonly State[]): dashboards.ValueMapping[] {
  const options = states.map(({ value, text, color }, index) => [String(value), { text, color, index }] as const);
  return [{ type: dashboards.MappingType.ValueToText, options: Object.fromEntries(options) }];
}
