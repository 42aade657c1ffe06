import { z } from "zod";
import { type GatewayMetric, gatewayMetrics } from "../../world/gateways.ts";
import { TICK_MS } from "../../world/link-quality.ts";
import { interval } from "./interval.ts";
import { type Method, parsed, VcoError } from "./method.ts";

const CREATED = "2019-03-04T15:00:00.000Z";

/** `network/getNetworkGateways`: the gateways of the Orchestrator and how they are. */
export const networkGateways: Method = (world, host) =>
  world.gateways.list(host).map((gateway) => ({
    id: gateway.id,
    created: CREATED,
    networkId: 1,
    siteId: gateway.id,
    activationState: "ACTIVATED",
    activationTime: CREATED,
    softwareVersion: "5.0.0.0",
    buildNumber: "R500-20220506-GA",
    name: gateway.name,
    dnsName: `${gateway.name}.example.net`,
    ipAddress: gateway.ipAddress,
    logicalId: `gateway-${gateway.id}`,
    gatewayState: gateway.state,
    serviceState: gateway.state === "CONNECTED" ? "IN_SERVICE" : "OUT_OF_SERVICE",
    connectedEdges: world.gateways.measure(gateway, "connectedEdges", world.clock.now()),
    lastContact: (gateway.state === "CONNECTED" ? world.clock.now() : gateway.since).toISOString(),
    modified: CREATED,
  }));

const metricsRequest = z.object({
  gatewayId: z.int(),
  interval,
  metrics: z.array(z.enum(gatewayMetrics)).default([...gatewayMetrics]),
});

/** `metrics/getGatewayStatusMetrics`: least, greatest and average of the interval's five-minute values, and their sum. */
export const gatewayStatusMetrics: Method = (world, host, body) => {
  const { gatewayId, interval: wanted, metrics } = parsed(metricsRequest, body);
  const gateway = world.gateways.list(host).find(({ id }) => id === gatewayId);
  if (gateway === undefined) throw new VcoError("gatewayId");
  const ticks = ticksOf(wanted.start, wanted.end ?? world.clock.now());
  const summary = (metric: GatewayMetric) => {
    const values = ticks.map((tick) => world.gateways.measure(gateway, metric, tick));
    const total = values.reduce((sum, value) => sum + value, 0);
    return { min: Math.min(...values), max: Math.max(...values), average: total / values.length, total };
  };
  return Object.fromEntries(metrics.map((metric) => [metric, summary(metric)]));
};

const MOST_TICKS = 10_000;

/** At least one, however short the interval. */
function ticksOf(start: Date, end: Date): Date[] {
  const count = Math.round((end.getTime() - start.getTime()) / TICK_MS);
  const length = Math.max(1, Math.min(MOST_TICKS, count));
  return Array.from({ length }, (_, index) => new Date(start.getTime() + index * TICK_MS));
}
