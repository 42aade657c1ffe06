import { z } from "zod";
import { contractsOf } from "./contract.ts";
import { pythonRepr } from "./python-repr.ts";
import { wireId } from "./wire.ts";

const { request } = contractsOf("velocloud-bridge", "velocloud_bridge");

const NO_BODY = 'Must include "body" in request';

// An Orchestrator writes null for what it does not know, and its versions differ in which keys they leave out. A value
// of an unexpected type becomes null too, because one odd edge must not hide all the others.
const text = z.string().nullable().catch(null);
const id = z.number().nullable().catch(null);
const figure = z.number().nullable().catch(null);

/** VeloCloud Orchestrator by its host name, such as `vco1.example.net`; one of those the bridge is configured for. */
const host = z.string().min(1).describe("Host name of a configured Orchestrator");

/** A moment that the Orchestrator reads: ISO 8601, with a blank instead of the `T`, or milliseconds since 1970. */
const moment = z.union([z.string(), z.number()]).describe("Handed to the Orchestrator as it is");
const interval = z.looseObject({ start: moment, end: moment.nullish() });

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

/**
 * What one link carried and how well, over an interval, as `get.links.metric.info` gives it: bytes and packets,
 * milliseconds, percent and bits per second, each seen from the edge (`Tx` sent, `Rx` received).
 */
export const linkMetricsRow = z.looseObject({
  linkId: id,
  name: text.describe("The link's interface"),
  bytesTx: figure,
  bytesRx: figure,
  bpsOfBestPathTx: figure.describe("Bandwidth that was measured, in bits per second"),
  bpsOfBestPathRx: figure,
  bestLatencyMsTx: figure,
  bestLatencyMsRx: figure,
  bestJitterMsTx: figure,
  bestJitterMsRx: figure,
  bestLossPctTx: figure,
  bestLossPctRx: figure,
  scoreTx: figure.describe("Quality of experience, 0 to 4.4"),
  scoreRx: figure,
  link: linkStatusRow,
});
export type LinkMetricsRow = z.output<typeof linkMetricsRow>;

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

/** One metric of a link over an interval, a value for every tick. */
export const linkSeries = z.looseObject({
  metric: z.string().describe("bytesRx, bestLatencyMsTx, ..."),
  startTime: z.number().describe("Milliseconds since 1970"),
  tickInterval: z.number().describe("Milliseconds from one value to the next, usually 300,000"),
  data: z.array(figure),
  total: figure,
  min: figure,
  max: figure,
});
export type LinkSeries = z.output<typeof linkSeries>;

/** A link with its series, as `request.edge.links.series` gives it. */
export const edgeLinkSeries = z.looseObject({
  linkId: id,
  edgeId: id,
  link: enterpriseEdgeLink,
  series: z.array(linkSeries),
});
export type EdgeLinkSeries = z.output<typeof edgeLinkSeries>;

/** A gateway as `request.network.gateway.list` gives it. */
export const gatewayRow = z.looseObject({
  host: z.string(),
  id,
  name: text,
  status: text.describe("CONNECTED, OFFLINE, ..."),
});
export type GatewayRow = z.output<typeof gatewayRow>;

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

export const getLinksMetricInfo = request({
  subject: "get.links.metric.info",
  effect: "read",
  timeoutSeconds: 90,
  description: "What every link of an Orchestrator carried and how well, summed up over an interval.",
  body: z.looseObject({ host, interval }),
  reply: z.array(linkMetricsRow),
  complaints: {
    noBody: 'Must include "body" in the request',
    missingKey: 'Must include "host" and "interval" in the body of the request',
  },
});

const eventQuery = {
  start_date: moment,
  end_date: moment,
  filter: z.array(z.string()).nullish().describe("Names of events; all of them when absent"),
  limit: z.int().nullish().describe("At most so many events; the Orchestrator's default when absent"),
};

export const requestEdgeEvents = request({
  subject: "alert.request.event.edge",
  effect: "read",
  timeoutSeconds: 240,
  description: "Events of one edge in an interval, newest first.",
  body: z.looseObject({
    edge: z.looseObject({ host, enterprise_id: wireId, edge_id: wireId }),
    ...eventQuery,
  }),
  reply: z.array(edgeEvent),
  complaints: { noBody: NO_BODY, missingKey: 'Must include "edge", "start_date", "end_date" in request body' },
});

export const requestEnterpriseEvents = request({
  subject: "alert.request.event.enterprise",
  effect: "read",
  timeoutSeconds: 240,
  description: "Events of all edges of one enterprise in an interval, newest first.",
  body: z.looseObject({ enterprise_id: wireId, host, ...eventQuery }),
  reply: z.array(edgeEvent),
  complaints: {
    noBody: NO_BODY,
    missingKey: 'Must include "enterprise_id", "host", "start_date", "end_date" in request in body',
  },
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

export const requestEnterprisesNames = request({
  subject: "request.enterprises.names",
  effect: "read",
  timeoutSeconds: 90,
  description: "Names of the enterprises of all configured Orchestrators.",
  body: z.looseObject({ filter: z.array(z.string()).describe("Names to look for; empty means all") }),
  reply: z.array(z.string()),
  complaints: { noBody: NO_BODY },
});

const seriesExample = {
  enterpriseId: 0,
  edgeId: 0,
  interval: { start: 19191919, end: 19191999 },
  metrics: ["bytesTx", "bytesRx"],
};
const seriesRequestExample = {
  response_topic: "some_temp_topic",
  body: { host: "vco1.example.net", payload: seriesExample },
};
const SERIES_PAYLOAD = `Request's payload should look like ${pythonRepr(seriesExample)}`;

export const requestEdgeLinksSeries = request({
  subject: "request.edge.links.series",
  effect: "read",
  timeoutSeconds: 120,
  description: "Metrics of an edge's links as series of five-minute values; empty for less than fifteen minutes.",
  body: z.looseObject({
    host,
    payload: z
      .looseObject({ enterpriseId: wireId, edgeId: wireId, interval, metrics: z.array(z.string()) })
      .describe("Handed to the Orchestrator as it is; it gives at most 1,024 values of a metric"),
  }),
  reply: z.array(edgeLinkSeries),
  complaints: {
    noBody: NO_BODY,
    missingKey: `Request's should look like ${pythonRepr(seriesRequestExample)}`,
    missingKeys: {
      enterpriseId: SERIES_PAYLOAD,
      edgeId: SERIES_PAYLOAD,
      interval: SERIES_PAYLOAD,
      metrics: SERIES_PAYLOAD,
    },
  },
});

export const requestNetworkGatewayList = request({
  subject: "request.network.gateway.list",
  effect: "read",
  timeoutSeconds: 90,
  description: "Gateways of an Orchestrator and whether they are connected.",
  body: z.looseObject({ host }),
  reply: z.array(gatewayRow),
  complaints: { model: "GatewayMessageBody" },
});

export const requestGatewayStatusMetrics = request({
  subject: "request.gateway.status.metrics",
  effect: "read",
  timeoutSeconds: 90,
  description: "Least, greatest, average and total value of a gateway's metrics over an interval.",
  body: z.looseObject({
    host,
    gateway_id: wireId,
    interval: interval.describe("Handed to the Orchestrator as it is"),
    metrics: z.array(z.string()).describe("tunnelCount, cpuPct, memoryPct, flowCount, ..."),
  }),
  reply: z.record(z.string(), z.looseObject({ min: figure, max: figure, average: figure, total: figure })),
  complaints: { model: "GatewayStatusMetricsMessageBody" },
});
