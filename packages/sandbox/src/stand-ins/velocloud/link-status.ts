import { z } from "zod";
import type { Customer, Edge, Link } from "../../world/model.ts";
import { customersOf, enterpriseName, type Method, parsed, partner } from "./method.ts";
import { lastActive, lastContact, upSince } from "./moments.ts";

const request = z.object({ enterprises: z.array(z.int()).optional() });

/**
 * `monitoring/getEnterpriseEdgeLinkStatus`: one row per link. An edge without links has one row whose link fields
 * are null, an enterprise without edges one row whose edge fields are null too.
 */
export const edgeLinkStatus: Method = (world, host, body) => {
  const { enterprises } = parsed(request, body);
  const now = world.clock.now();
  const wanted = customersOf(world, host).filter(({ enterpriseId }) => enterprises?.includes(enterpriseId) ?? true);
  return wanted.flatMap((customer): object[] => {
    const enterprise = enterpriseFields(customer);
    const edges = world.network.edgesOf(customer.enterpriseId);
    if (edges.length === 0) return [{ ...enterprise, ...noEdge, ...noLink }];
    return edges.flatMap((edge): object[] => {
      const edgePart = edgeFields(edge, now);
      if (edge.links.length === 0) return [{ ...enterprise, ...edgePart, ...noLink }];
      return edge.links.map((link) => ({ ...enterprise, ...edgePart, ...linkFields(link, now) }));
    });
  });
};

/** A link with its edge and enterprise, as monitoring methods write it. */
export function monitoredLink(edge: Edge, link: Link, now: Date): object {
  return { ...enterpriseFields(edge.customer), ...edgeFields(edge, now), ...linkFields(link, now) };
}

function enterpriseFields(customer: Customer) {
  return {
    enterpriseName: enterpriseName(customer),
    enterpriseId: customer.enterpriseId,
    enterpriseProxyId: partner.id,
    enterpriseProxyName: partner.name,
  };
}

function edgeFields(edge: Edge, now: Date) {
  return {
    edgeName: edge.name,
    edgeState: edge.state,
    edgeSystemUpSince: upSince(edge),
    edgeServiceUpSince: upSince(edge),
    edgeLastContact: lastContact(edge, now),
    edgeId: edge.id,
    edgeSerialNumber: edge.serial,
    edgeHASerialNumber: edge.haSerial,
    edgeModelNumber: edge.model,
    edgeLatitude: edge.site.latitude,
    edgeLongitude: edge.site.longitude,
  };
}

function linkFields(link: Link, now: Date) {
  return {
    displayName: link.label,
    isp: link.isp,
    interface: link.interface,
    internalId: link.internalId,
    linkState: link.state,
    linkLastActive: lastActive(link, now).toISOString(),
    linkVpnState: vpnState(link),
    linkId: link.id,
    linkIpAddress: link.ipAddress,
    linkIpV6Address: "",
    linkMode: "ACTIVE",
    linkBackupState: "UNCONFIGURED",
  };
}

/** The deprecated state of the tunnel has a word of its own for what a link calls DISCONNECTED. */
export function vpnState({ state }: Link): "STABLE" | "DEAD" {
  return state === "STABLE" ? "STABLE" : "DEAD";
}

const noEdge = {
  edgeName: null,
  edgeState: null,
  edgeSystemUpSince: null,
  edgeServiceUpSince: null,
  edgeLastContact: null,
  edgeId: null,
  edgeSerialNumber: null,
  edgeHASerialNumber: null,
  edgeModelNumber: null,
  edgeLatitude: null,
  edgeLongitude: null,
};

const noLink = {
  displayName: null,
  isp: null,
  interface: null,
  internalId: null,
  linkState: null,
  linkLastActive: null,
  linkVpnState: null,
  linkId: null,
  linkIpAddress: null,
  linkIpV6Address: null,
  linkMode: null,
  linkBackupState: null,
};
