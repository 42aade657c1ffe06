import { z } from "zod";
import type { Edge, Link } from "../../world/model.ts";
import { edgeObject } from "./edge-object.ts";
import { vpnState } from "./link-status.ts";
import { customerOf, type Method, parsed } from "./method.ts";
import { lastActive } from "./moments.ts";

const request = z.object({ enterpriseId: z.int(), with: z.array(z.string()).default([]) });

/** `enterprise/getEnterpriseEdges`: the edges of one enterprise, with their links where asked for. */
export const enterpriseEdges: Method = (world, host, body) => {
  const { enterpriseId, with: parts } = parsed(request, body);
  const now = world.clock.now();
  const edges = world.network.edgesOf(customerOf(world, host, enterpriseId).enterpriseId);
  return edges.map((edge) => ({
    ...edgeObject(edge, now),
    ...(parts.includes("links") && { links: edge.links.map((link) => linkObject(edge, link, now)) }),
  }));
};

/** A link as `getEnterpriseEdges` and `getEdgeLinkSeries` write it. */
export function linkObject(edge: Edge, link: Link, now: Date) {
  const since = link.since.toISOString();
  return {
    id: link.id,
    created: (edge.activatedAt ?? edge.since).toISOString(),
    edgeId: edge.id,
    logicalId: link.logicalId,
    internalId: link.internalId,
    interface: link.interface,
    macAddress: link.logicalId.slice(0, 17),
    ipAddress: link.ipAddress,
    ipV6Address: "",
    netmask: "255.255.255.252",
    networkSide: "WAN",
    networkType: link.type === "WIRELESS" ? "WIRELESS" : "ETHERNET",
    displayName: link.label,
    isp: link.isp,
    org: link.isp,
    lat: edge.site.latitude,
    lon: edge.site.longitude,
    lastActive: lastActive(link, now).toISOString(),
    state: link.state,
    backupState: "UNCONFIGURED",
    linkMode: "ACTIVE",
    vpnState: vpnState(link),
    lastEvent: since,
    lastEventState: link.state,
    alertsEnabled: 1,
    operatorAlertsEnabled: 1,
    serviceState: "IN_SERVICE",
    modified: since,
    effectiveState: link.state,
  };
}
