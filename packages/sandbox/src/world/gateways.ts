import type { Clock } from "@trunkline/clock";
import { Unknown } from "../errors.ts";
import { noise, TICK_MS } from "./link-quality.ts";
import type { Fleet } from "./model.ts";

/** A VeloCloud gateway: edges keep tunnels to the gateways of their Orchestrator. */
export interface Gateway {
  readonly id: number;
  readonly host: string;
  readonly name: string;
  readonly ipAddress: string;
  state: "CONNECTED" | "OFFLINE";
  /** What part of its usual tunnels it carries, 0 to 1. */
  tunnelShare: number;
  /** Since when state and share are so. */
  since: Date;
}

export interface Gateways {
  list(host?: string): readonly Gateway[];
  /** Its tunnels end with it. */
  fail(host: string, id: number): Gateway;
  /** It goes on with a part of its tunnels. */
  loseTunnels(host: string, id: number, share: number): Gateway;
  heal(host: string, id: number): Gateway;
  healAll(): void;
  /** One of the metrics that an Orchestrator keeps of a gateway, at a moment. */
  measure(gateway: Gateway, metric: GatewayMetric, at: Date): number;
}

export const gatewayMetrics = [
  "tunnelCount",
  "tunnelCountV6",
  "memoryPct",
  "cpuPct",
  "flowCount",
  "handoffQueueDrops",
  "connectedEdges",
] as const;
export type GatewayMetric = (typeof gatewayMetrics)[number];

const places = ["nyc", "chi", "dal"];

export function createGateways(fleet: Fleet, clock: Clock): Gateways {
  const hosts = [...new Set(fleet.customers.map(({ host }) => host))];
  const gateways = hosts.flatMap((host, hostIndex) =>
    places.map((place, index): Gateway => {
      const id = 5 + hostIndex * places.length + index;
      const name = `vcg${hostIndex + 1}-${place}`;
      return { id, host, name, ipAddress: `198.51.100.${id}`, state: "CONNECTED", tunnelShare: 1, since: new Date(0) };
    }),
  );

  function change(host: string, id: number, to: Pick<Gateway, "state" | "tunnelShare">): Gateway {
    const gateway = gateways.find((each) => each.host === host && each.id === id);
    if (gateway === undefined) throw new Unknown(`gateway of ${host}`, String(id));
    return Object.assign(gateway, to, { since: clock.now() });
  }

  /** Of the edges that are in use, a share for each gateway; each keeps one tunnel for each of its links. */
  const usual = new Map(
    hosts.map((host) => {
      const edges = fleet.edges.filter(({ customer, activatedAt }) => customer.host === host && activatedAt !== null);
      return [host, { edges: edges.length, tunnels: edges.flatMap(({ links }) => links).length }];
    }),
  );

  return {
    list: (host) => gateways.filter((gateway) => host === undefined || gateway.host === host),
    fail: (host, id) => change(host, id, { state: "OFFLINE", tunnelShare: 0 }),
    loseTunnels: (host, id, tunnelShare) => change(host, id, { state: "CONNECTED", tunnelShare }),
    heal: (host, id) => change(host, id, { state: "CONNECTED", tunnelShare: 1 }),
    healAll() {
      for (const { host, id, state, tunnelShare } of gateways) {
        if (state === "OFFLINE" || tunnelShare < 1) change(host, id, { state: "CONNECTED", tunnelShare: 1 });
      }
    },
    measure(gateway, metric, at) {
      const share = at < gateway.since ? 1 : gateway.tunnelShare;
      const { edges, tunnels } = usual.get(gateway.host) ?? { edges: 0, tunnels: 0 };
      const wobble = noise(gateway.id, Math.floor(at.getTime() / TICK_MS));
      switch (metric) {
        case "tunnelCount":
          return Math.round(tunnels * share);
        case "connectedEdges":
          return Math.round(edges * share);
        case "flowCount":
          return Math.round(tunnels * share * (80 + 20 * wobble));
        case "cpuPct":
        case "memoryPct":
          return share === 0 ? 0 : Math.round(20 + 15 * wobble);
        case "tunnelCountV6":
        case "handoffQueueDrops":
          return 0;
      }
    },
  };
}
