import { z } from "zod";
import { type LinkMetric, linkMetrics, measure, TICK_MS } from "../../world/link-quality.ts";
import type { Link } from "../../world/model.ts";
import { linkObject } from "./enterprise-edges.ts";
import { interval } from "./interval.ts";
import { customerOf, edgeOf, type Method, parsed } from "./method.ts";

const request = z.object({
  enterpriseId: z.int(),
  edgeId: z.int(),
  interval,
  metrics: z.array(z.enum(linkMetrics as [LinkMetric, ...LinkMetric[]])).optional(),
});

/** Nothing comes of a shorter interval. */
const SHORTEST_MS = 3 * TICK_MS;
const MOST_VALUES = 1_024;

/** `metrics/getEdgeLinkSeries`: a value every five minutes, of the last three and a half days of the interval at most. */
export const edgeLinkSeries: Method = (world, host, body) => {
  const { enterpriseId, edgeId, interval: wanted, metrics = linkMetrics } = parsed(request, body);
  const edge = edgeOf(world, customerOf(world, host, enterpriseId), edgeId);
  const now = world.clock.now();
  const end = wanted.end ?? now;
  if (end.getTime() - wanted.start.getTime() < SHORTEST_MS) return [];
  const ticks = ticksOf(wanted.start, end);
  return edge.links.map((link) => ({
    linkId: link.id,
    edgeId: edge.id,
    link: linkObject(edge, link, now),
    series: seriesOf(link, ticks, metrics),
  }));
};

function ticksOf(start: Date, end: Date): Date[] {
  const last = Math.ceil(end.getTime() / TICK_MS) - 1;
  const first = Math.max(Math.floor(start.getTime() / TICK_MS), last - MOST_VALUES + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => new Date((first + index) * TICK_MS));
}

function seriesOf(link: Link, ticks: readonly Date[], metrics: readonly LinkMetric[]) {
  const measured = ticks.map((tick) => measure(link, tick));
  return metrics.map((metric) => {
    const data = measured.map((each) => each[metric]);
    return {
      metric,
      startTime: ticks[0]?.getTime() ?? 0,
      tickInterval: TICK_MS,
      data,
      total: data.reduce((sum, value) => sum + value, 0),
      min: Math.min(...data),
      max: Math.max(...data),
    };
  });
}
