import {
  type EnterpriseEdgeRow,
  enterpriseEdgeRow,
  getCustomerInfo,
  getInventoryAttributes,
  getLinksWithEdgeInfo,
  getSite,
  getTicketContacts,
  type LinkStatusRow,
  linkStatusRow,
  type RequestContract,
  requestEnterprisesEdges,
  requestLinksConfiguration,
} from "@trunkline/contracts";
import { HOST } from "./cached-edge.ts";

/** What the two bridges would answer about one edge. */
export interface FleetEdge {
  readonly serial: string;
  readonly standby?: string;
  readonly enterprise?: number;
  readonly client?: number;
  readonly site?: number;
  readonly state?: string;
  readonly managementStatus?: string;
}

/** A bridge's reply, as the bus gives it. */
export interface PeerReply {
  readonly status: number;
  readonly body: unknown;
}

/** Two bridges over a list of edges. Put other replies into `overrides`, by subject. */
export interface Fleet {
  edges: FleetEdge[];
  /** By subject; undefined is the fleet's own answer. */
  overrides: Map<string, (body: Record<string, unknown>) => PeerReply | undefined>;
  /** Answers wait for it. */
  held: Promise<void>;
  /** Requests so far: subject and body. */
  readonly requests: { subject: string; body: Record<string, unknown> }[];
  answer(subject: string, body: Record<string, unknown>): PeerReply;
}

export const bridgeContracts: readonly RequestContract[] = [
  getLinksWithEdgeInfo,
  requestEnterprisesEdges,
  requestLinksConfiguration,
  getCustomerInfo,
  getInventoryAttributes,
  getSite,
  getTicketContacts,
];

type Answers = Readonly<Record<string, (fleet: Fleet, body: Record<string, unknown>) => unknown>>;

const answers: Answers = {
  [getLinksWithEdgeInfo.subject]: ({ edges }, { host }) => (host === HOST ? edges.map(linkRow) : []),
  [requestEnterprisesEdges.subject]: ({ edges }, { enterprise_id }) =>
    edges.filter((edge) => enterpriseOf(edge) === enterprise_id).map(edgeRow),
  [requestLinksConfiguration.subject]: () => [{ interfaces: ["GE1"], mode: "PUBLIC", type: "WIRED", name: "x" }],
  [getCustomerInfo.subject]: ({ edges }, { service_number }) =>
    edges
      .filter(({ serial }) => serial === service_number)
      .map(({ client = 90001, site = 777 }) => ({ client_id: client, client_name: "Acme Retail", site_id: site })),
  [getInventoryAttributes.subject]: ({ edges }, { service_number }) => ({
    attributes: [
      {
        key: "Management Status",
        value: edges.find(({ serial }) => serial === service_number)?.managementStatus ?? "Pending",
      },
      { key: "GE1 Access Type", value: "Wireless" },
      { key: "GE1 Service Number", value: "33.RBCB.000001" },
    ],
  }),
  [getSite.subject]: (_, { client_id, site_id }) => ({
    clientID: client_id,
    siteID: site_id,
    siteLabel: "Store 7",
    timeZone: "Eastern",
  }),
  [getTicketContacts.subject]: () => [
    { firstName: "Ann", lastName: "Doe", email: "ann@acme.example", phone: "555-0100" },
    { firstName: "Bob", lastName: "Roe", email: "bob@acme.example", phone: null },
  ],
};

export function fleetOf(...edges: FleetEdge[]): Fleet {
  const fleet: Fleet = {
    edges,
    overrides: new Map(),
    held: Promise.resolve(),
    requests: [],
    answer(subject, body) {
      fleet.requests.push({ subject, body });
      return fleet.overrides.get(subject)?.(body) ?? { status: 200, body: answers[subject]?.(fleet, body) };
    },
  };
  return fleet;
}

export function asked(fleet: Fleet, { subject }: RequestContract): number {
  return fleet.requests.filter((request) => request.subject === subject).length;
}

function enterpriseOf({ enterprise = 12 }: FleetEdge): number {
  return enterprise;
}

function edgeIdOf({ serial }: FleetEdge): number {
  return Number(serial.slice(2));
}

function linkRow(edge: FleetEdge): LinkStatusRow {
  return linkStatusRow.parse({
    host: HOST,
    enterpriseName: "Acme Retail|90001|",
    enterpriseId: enterpriseOf(edge),
    edgeId: edgeIdOf(edge),
    edgeName: `ACME-${edge.serial}`,
    edgeSerialNumber: edge.serial,
    edgeHASerialNumber: edge.standby ?? null,
    edgeState: edge.state ?? "CONNECTED",
    edgeLastContact: "2026-01-05T10:00:12.000Z",
    interface: "GE1",
  });
}

function edgeRow(edge: FleetEdge): EnterpriseEdgeRow {
  const links = [{ interface: "GE1", logicalId: "00:04:2d:11:22:33:0000" }];
  return enterpriseEdgeRow.parse({ id: edgeIdOf(edge), serialNumber: edge.serial, links });
}
