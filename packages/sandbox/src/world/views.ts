import type { Desk } from "./desk.ts";
import type { Asset } from "./inventory.ts";
import type { Edge } from "./model.ts";
import type { Ticket } from "./ticket.ts";

/** An edge as the control API shows it. */
export interface EdgeView {
  readonly serial: string;
  readonly haSerial: string | null;
  readonly name: string;
  readonly host: string;
  readonly enterpriseId: number;
  readonly edgeId: number;
  readonly customer: string;
  readonly clientId: number;
  readonly site: string;
  readonly timeZone: string;
  readonly managementStatus: string;
  readonly state: string;
  readonly haState: string | null;
  readonly since: string;
  readonly ticketId: number | null;
  readonly links: readonly LinkView[];
}

export interface LinkView {
  readonly interface: string;
  readonly label: string;
  readonly isp: string;
  readonly type: string;
  readonly serviceNumber: string;
  /** Begins with the MAC address of the gateway that the link leads to. */
  readonly logicalId: string;
  readonly state: string;
  readonly since: string;
  /** Bad figures of a link that is up, such as `{"latencyMs":180}`. */
  readonly trouble: object | null;
}

export interface TicketSummary {
  readonly id: number;
  readonly client: string;
  readonly site: string;
  readonly topic: string;
  readonly status: string;
  readonly severity: number;
  readonly createdAt: string;
  readonly createdBy: string;
}

/** A ticket as a support agent reads it. */
export interface TicketView extends TicketSummary {
  readonly locked: boolean;
  readonly details: readonly {
    readonly id: number;
    readonly serviceNumber: string;
    /** `GE1 of ACME-0001` for a line; an edge and a probe have names. */
    readonly asset: string;
    readonly status: string;
    readonly queue: string;
    readonly assignedTo: string | null;
    readonly paused: boolean;
  }[];
  readonly notes: readonly {
    readonly id: number;
    readonly text: string;
    readonly serviceNumbers: readonly string[];
    readonly createdAt: string;
    readonly author: string;
  }[];
  readonly subscribers: readonly { readonly email: string; readonly type: string }[];
  readonly history: readonly { readonly at: string; readonly event: string; readonly by: string }[];
}

export function edgeView(edge: Edge, desk: Desk): EdgeView {
  const serials = edge.haSerial === null ? [edge.serial] : [edge.serial, edge.haSerial];
  const ticket = serials.map((serial) => desk.openTicketOf(serial)).find((open) => open !== undefined);
  return {
    serial: edge.serial,
    haSerial: edge.haSerial,
    name: edge.name,
    host: edge.customer.host,
    enterpriseId: edge.customer.enterpriseId,
    edgeId: edge.id,
    customer: edge.customer.name,
    clientId: edge.customer.id,
    site: edge.site.label,
    timeZone: edge.site.timeZone,
    managementStatus: edge.managementStatus,
    state: edge.state,
    haState: edge.haState,
    since: edge.since.toISOString(),
    ticketId: ticket?.id ?? null,
    links: edge.links.map((link) => ({
      interface: link.interface,
      label: link.label,
      isp: link.isp,
      type: link.type,
      serviceNumber: link.serviceNumber,
      logicalId: link.logicalId,
      state: link.state,
      since: link.since.toISOString(),
      trouble: link.trouble,
    })),
  };
}

export function ticketSummary(ticket: Ticket): TicketSummary {
  return {
    id: ticket.id,
    client: ticket.customer.name,
    site: ticket.site.label,
    topic: ticket.topic,
    status: ticket.status,
    severity: ticket.severity,
    createdAt: ticket.createdAt.toISOString(),
    createdBy: ticket.createdBy,
  };
}

function nameOf({ edge, link, probe }: Asset): string {
  if (probe !== null) return probe.name;
  return link === null ? edge.name : `${link.interface} of ${edge.name}`;
}

export function ticketView(ticket: Ticket): TicketView {
  return {
    ...ticketSummary(ticket),
    locked: ticket.locked,
    details: ticket.details.map(({ id, asset, status, task, assignedTo, paused }) => ({
      id,
      serviceNumber: asset.serviceNumber,
      asset: nameOf(asset),
      status,
      queue: task,
      assignedTo,
      paused,
    })),
    notes: ticket.notes.map(({ id, text, serviceNumbers, at, author }) => ({
      id,
      text,
      serviceNumbers,
      createdAt: at.toISOString(),
      author,
    })),
    subscribers: [...ticket.subscribers],
    history: ticket.history.map(({ at, event, by }) => ({ at: at.toISOString(), event, by })),
  };
}
