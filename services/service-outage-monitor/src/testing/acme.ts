import {
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
import { config } from "../config.ts";
import { type MonitoredEdge, monitoredEdges } from "../monitored-edge.ts";
import type { OpenTicket } from "../open-tickets.ts";
import { type Settings, settingsOf } from "../settings.ts";

/** A Friday, 10:00 at the site. */
export const NOW = new Date("2022-06-03T15:00:00Z");
export const HOST = "vco2.example.net";

/** The environment of the tests; everything else as in production. */
export const environment = {
  MONITORING__VELOCLOUD_HOST: HOST,
  IPA_SYSTEM_USERNAME_IN_BRUIN: "Trunkline Robot",
  BRUIN_TICKET_URL: "https://bruin.example.net/t",
  METRICS_RELEVANT_CLIENTS: '["Acme Foods"]',
  TIMEZONE: "US/Eastern",
};

export function settings(overrides: Partial<Settings> = {}): Settings {
  const values = Object.entries(config).map(([name, schema]) => [
    name,
    schema.parse((environment as Record<string, string>)[name]),
  ]);
  return { ...settingsOf({ ...Object.fromEntries(values), TIMEZONE: environment.TIMEZONE }), ...overrides };
}

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
export function linkRows({ edge = "CONNECTED", GE1, GE2 }: AcmeState = {}): LinkStatusRow[] {
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

export function pairRows({ ha }: AcmeState = {}): NetworkEdgeRow[] {
  return [networkEdgeRow.parse({ host: HOST, serialNumber: "VC100", haState: ha ?? null })];
}

export const DOWN: Partial<LinkStatusRow> = { linkState: "DISCONNECTED" };

export function acme(state: AcmeState = {}, cached: Partial<CachedEdge> = {}): MonitoredEdge {
  const cache = [cachedAcme(cached)];
  const edge = monitoredEdges({ cache, links: linkRows(state), pairs: pairRows(state) }, []).get("VC100");
  if (edge === undefined) throw new Error("the fixture's edge is not under monitoring");
  return edge;
}

/** Details 11 (the edge), 12 (GE1's line) and 13 (GE2's) of ticket 9001. */
export function details(fields: Record<number, Partial<TicketDetail>> = {}): TicketDetail[] {
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

export function note(text: string | null, fields: Partial<TicketNote> = {}): TicketNote {
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
export function ticket(
  fields: { createDate?: string; details?: TicketDetail[]; notes?: TicketNote[] } = {},
): OpenTicket {
  return {
    ticket: basicTicket.parse({
      ticketID: 9001,
      clientID: 501,
      createDate: fields.createDate ?? "6/3/2022 1:40:00 PM",
      createdBy: environment.IPA_SYSTEM_USERNAME_IN_BRUIN,
      severity: 2,
    }),
    ticketDetails: fields.details ?? details(),
    ticketNotes: fields.notes ?? [note(triageText())],
  };
}
