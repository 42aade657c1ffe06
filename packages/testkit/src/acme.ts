import {
  type BasicTicket,
  basicTicket,
  type CachedEdge,
  cachedEdge,
  type LinkStatusRow,
  linkStatusRow,
  type NetworkEdgeRow,
  networkEdgeRow,
  type TicketDetail,
  type TicketNote,
  ticketDetail,
  ticketNote,
} from "@trunkline/contracts";

/** A Friday, 10:00 at the site. */
export const NOW = new Date("2022-06-03T15:00:00Z");
export const HOST = "vco2.example.net";
/** The automation's user in Bruin. */
export const ROBOT = "Trunkline Robot";

/** Edge VC100 of Acme Foods, as the customer cache knows it. */
export function cachedAcme(fields: Partial<CachedEdge> = {}): CachedEdge {
  return cachedEdge.parse({
    edge: { host: HOST, enterprise_id: 7, enterprise_name: "Acme", edge_id: 70 },
    edge_name: "ACME-0007",
    serial_number: "VC100",
    bruin_client_info: { client_id: 501, client_name: "Acme Foods" },
    logical_ids: [
      { interface_name: "GE1", logical_id: "aa:bb:01", access_type: "Ethernet/T1/MPLS", service_number: "LN-1" },
      { interface_name: "GE2", logical_id: "00:27:04:9f", access_type: "Wireless", service_number: "LN-2" },
    ],
    links_configuration: [
      { interfaces: ["GE1"], mode: "PUBLIC", type: "WIRED" },
      { interfaces: ["GE2"], mode: "PUBLIC", type: "WIRELESS" },
    ],
    site_details: { tzOffset: -5 },
    ...fields,
  });
}

export interface AcmeState {
  readonly edge?: string;
  readonly GE1?: Partial<LinkStatusRow>;
  readonly GE2?: Partial<LinkStatusRow>;
  /** The pair's state; the standby is VC200. */
  readonly ha?: string;
}

/** What the Orchestrator says about the edge's two links. */
export function acmeLinks({ edge = "CONNECTED", GE1, GE2 }: AcmeState = {}): LinkStatusRow[] {
  const common = {
    host: HOST,
    edgeSerialNumber: "VC100",
    edgeHASerialNumber: "VC200",
    edgeName: "ACME-0007",
    edgeState: edge,
    linkState: "STABLE",
  };
  return [
    { ...common, interface: "GE1", displayName: "Fiber 100M", linkIpAddress: "192.0.2.1", ...GE1 },
    { ...common, interface: "GE2", displayName: "LTE backup", linkIpAddress: "192.0.2.2", ...GE2 },
  ].map((row) => linkStatusRow.parse(row));
}

export function acmePairs({ ha }: AcmeState = {}): NetworkEdgeRow[] {
  return [networkEdgeRow.parse({ host: HOST, serialNumber: "VC100", haState: ha ?? null })];
}

export const DOWN: Partial<LinkStatusRow> = { linkState: "DISCONNECTED" };

/** Details 11 (the edge), 12 (GE1's line) and 13 (GE2's) of ticket 9001. */
export function acmeDetails(fields: Record<number, Partial<TicketDetail>> = {}): TicketDetail[] {
  const values = { 11: "VC100", 12: "LN-1", 13: "LN-2" };
  return Object.entries(values).map(([id, detailValue]) =>
    ticketDetail.parse({
      detailID: Number(id),
      detailValue,
      detailStatus: "I",
      currentTaskName: "Intake",
      ...fields[Number(id)],
    }),
  );
}

export function acmeNote(text: string | null, fields: Partial<TicketNote> = {}): TicketNote {
  return ticketNote.parse({
    noteValue: text,
    serviceNumber: ["VC100"],
    createdDate: "2022-06-03T09:40:00-04:00",
    ...fields,
  });
}

/** A triage note about the edge with GE1 down. */
export function triageText(label = "Fiber", type = "Public Wired"): string {
  return [
    "#*MetTel's IPA*#",
    "Triage (VeloCloud)",
    "",
    "Outage Type: Link Down (no HA)",
    "",
    "Interface GE1",
    `Interface GE1 Label: ${label}`,
    "Interface GE1 IP Address: 192.0.2.1",
    `Interface GE1 Type: ${type}`,
    "Interface GE1 Status: DISCONNECTED",
    "Last GE1 Interface Online: Unknown",
    "Last GE1 Interface Offline: Unknown",
    "",
    "Interface GE2",
    "Interface GE2 Label: LTE backup",
    "Interface GE2 IP Address: 192.0.2.2",
    "Interface GE2 Type: Public Wireless",
    "Interface GE2 Status: STABLE",
    "Last GE2 Interface Online: Unknown",
    "Last GE2 Interface Offline: Unknown",
  ].join("\n");
}

/** Ticket 9001, opened by the automation 80 minutes ago. */
export function acmeTicket(fields: Partial<BasicTicket> = {}): BasicTicket {
  return basicTicket.parse({
    ticketID: 9001,
    clientID: 501,
    createDate: "6/3/2022 1:40:00 PM",
    createdBy: ROBOT,
    severity: 2,
    ...fields,
  });
}
