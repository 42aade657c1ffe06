import { z } from "zod";
import { contractsOf } from "./contract.ts";
import { wireId } from "./wire.ts";

const { request } = contractsOf("velocloud-bridge", "velocloud_bridge");

const NO_BODY = 'Must include "body" in request';

// An Orchestrator writes null for what it does not know, and its versions differ in which keys they leave out. A value
// of an unexpected type becomes null too, because one odd edge must not hide all the others.
const text = z.string().nullable().catch(null);
const id = z.number().nullable().catch(null);

/** VeloCloud Orchestrator by its host name, such as `vco1.example.net`; one of those the bridge is configured for. */
const host = z.string().min(1).describe("Host name of a configured Orchestrator");

/**
 * One link as `get.links.with.edge.info` gives it. An edge without links has one row with every link field null;
 * an enterprise without edges has one row with the edge fields null too. Times are ISO 8601 or `0000-00-00 00:00:00`.
 */
export const linkStatusRow = z.looseObject({
  host: z.string(),
  enterpriseName: text.describe("`<customer name>|<Bruin client id>|`"),
  enterpriseId: id,
  edgeName: text,
  edgeState: text.describe("CONNECTED, OFFLINE, NEVER_ACTIVATED, DEGRADED, ..."),
  edgeSystemUpSince: text,
  edgeServiceUpSince: text,
  edgeLastContact: text,
  edgeId: id,
  edgeSerialNumber: text,
  edgeHASerialNumber: text,
  edgeModelNumber: text,
  displayName: text.describe("The link's label; may hold the carrier or a circuit id"),
  isp: text,
  interface: text.describe("GE1, SFP1, INTERNET2, USB1, ..."),
  internalId: text,
  linkState: text.describe("STABLE, DISCONNECTED, UNSTABLE, ..."),
  linkLastActive: text,
  linkVpnState: text,
  linkId: id,
  linkIpAddress: text,
});
export type LinkStatusRow = z.output<typeof linkStatusRow>;

/** An event of an edge, such as `LINK_DEAD` with the message `Link GE2 is now DEAD`. */
export const edgeEvent = z.looseObject({
  id,
  event: z.string(),
  category: text,
  eventTime: z.string(),
  severity: text,
  message: text,
  edgeName: text,
});
export type EdgeEvent = z.output<typeof edgeEvent>;

/** A link below an {@link EnterpriseEdgeRow}; its `logicalId` is the gateway's MAC address and a suffix. */
export const enterpriseEdgeLink = z.looseObject({
  id,
  interface: text,
  logicalId: text,
  displayName: text,
  state: text,
});
export type EnterpriseEdgeLink = z.output<typeof enterpriseEdgeLink>;

/** An edge as `request.enterprises.edges` gives it. */
export const enterpriseEdgeRow = z.looseObject({
  id: z.number(),
  enterpriseId: id,
  serialNumber: text,
  name: text,
  edgeState: text,
  haState: text,
  haSerialNumber: text,
  links: z.array(enterpriseEdgeLink).catch([]),
});
export type EnterpriseEdgeRow = z.output<typeof enterpriseEdgeRow>;

/** A link of an edge's WAN configuration. */
export const wanLink = z.looseObject({
  logicalId: text,
  name: text,
  interfaces: z.array(z.string()).catch([]),
  mode: text.describe("PUBLIC or PRIVATE"),
  type: text.describe("WIRED or WIRELESS"),
});
export type WanLink = z.output<typeof wanLink>;

/** An edge as `request.network.enterprise.edges` gives it. */
export const networkEdgeRow = z.looseObject({
  host: z.string(),
  id,
  enterpriseId: id,
  serialNumber: text,
  name: text,
  edgeState: text,
  haState: text.describe("READY and FAILED mean that the edge has a standby; anything else, that it has none"),
  haPreviousState: text,
  haSerialNumber: text,
});
export type NetworkEdgeRow = z.output<typeof networkEdgeRow>;

export const getLinksWithEdgeInfo = request({
  subject: "get.links.with.edge.info",
  effect: "read",
  timeoutSeconds: 90,
  description: "State of every link and edge of an Orchestrator, one row per link.",
  body: z.looseObject({ host }),
  reply: z.array(linkStatusRow),
  complaints: {
    noBody: 'Must include "body" in the request',
    missingKey: 'Must include "host" in the body of the request',
  },
});

export const requestEdgeEvents = request({
  subject: "alert.request.event.edge",
  effect: "read",
  timeoutSeconds: 240,
  description: "Events of one edge in an interval, newest first.",
  body: z.looseObject({
    edge: z.looseObject({ host, enterprise_id: wireId, edge_id: wireId }),
    start_date: z.union([z.string(), z.number()]).describe("Handed to the Orchestrator as it is"),
    end_date: z.union([z.string(), z.number()]).describe("Handed to the Orchestrator as it is"),
    filter: z.array(z.string()).nullish().describe("Names of events; all of them when absent"),
    limit: z.int().nullish().describe("At most so many events; the Orchestrator's default when absent"),
  }),
  reply: z.array(edgeEvent),
  complaints: { noBody: NO_BODY, missingKey: 'Must include "edge", "start_date", "end_date" in request body' },
});

export const requestEnterprisesEdges = request({
  subject: "request.enterprises.edges",
  effect: "read",
  timeoutSeconds: 300,
  description: "Edges of one enterprise with their links.",
  body: z.looseObject({ host, enterprise_id: wireId }),
  reply: z.array(enterpriseEdgeRow),
  complaints: { noBody: NO_BODY, missingKey: 'Must include "host" and "enterprise_id" in request "body"' },
});

export const requestLinksConfiguration = request({
  subject: "request.links.configuration",
  effect: "read",
  timeoutSeconds: 90,
  description: "Links of an edge's WAN configuration; 404 when it has none.",
  body: z.looseObject({ host, enterprise_id: wireId, edge_id: wireId }),
  reply: z.array(wanLink),
  complaints: {
    noBody: NO_BODY,
    missingKey: 'You must specify {..."body": {"host", "enterprise_id", "edge_id"}...} in the request',
  },
});

export const requestNetworkEnterpriseEdges = request({
  subject: "request.network.enterprise.edges",
  effect: "read",
  timeoutSeconds: 90,
  description: "Edges of the named enterprises, or of every enterprise of the Orchestrator when none is named.",
  body: z.looseObject({ host, enterprise_ids: z.array(wireId).describe("Empty means all") }),
  reply: z.array(networkEdgeRow),
  complaints: { noBody: NO_BODY, missingKey: 'Must include "host" and "enterprise_ids" in request body' },
});
