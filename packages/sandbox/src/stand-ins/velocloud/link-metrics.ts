import { z } from "zod";
import { type LinkMetric, linkMetrics, measureInterval } from "../../world/link-quality.ts";
import { interval } from "./interval.ts";
import { monitoredLink } from "./link-status.ts";
import { customersOf, type Method, parsed } from "./method.ts";
import { lastActive } from "./moments.ts";

const request = z.object({
  enterprises: z.array(z.int()).optional(),
  interval,
  metrics: z.array(z.enum(linkMetrics as [LinkMetric, ...LinkMetric[]])).optional(),
});

const DAY_MS = 86_400_000;

/** `monitoring/getAggregateEdgeLinkMetrics`: one element for each link that was active within a day. */
export const aggregateEdgeLinkMetrics: Method = (world, host, body) => {
  const { enterprises, interval: wanted, metrics = linkMetrics } = parsed(request, body);
  const now = world.clock.now();
  const end = wanted.end ?? now;
  return customersOf(world, host)
    .filter(({ enterpriseId }) => enterprises?.includes(enterpriseId) ?? true)
    .flatMap(({ enterpriseId }) => world.network.edgesOf(enterpriseId))
    .flatMap((edge) =>
      edge.links
        .filter((link) => now.getTime() - lastActive(link, now).getTime() < DAY_MS)
        .map((link) => {
          const measured = measureInterval(link, wanted.start, end);
          return {
            linkId: link.id,
            ...Object.fromEntries(metrics.map((metric) => [metric, measured[metric]])),
            state: 0,
            name: link.interface,
            link: monitoredLink(edge, link, now),
          };
        }),
    );
};
