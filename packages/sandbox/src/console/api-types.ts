/**
 * The control API as the console reads it. Every date is ISO 8601.
 * The page's modules import these types in JSDoc only; nothing of this file reaches the browser.
 */

export interface World {
  now: string;
  customers: Customer[];
  edges: Edge[];
}

export interface Customer {
  id: number;
  name: string;
  /** The VeloCloud host that manages its edges. */
  host: string;
  enterpriseId: number;
}

export interface Edge {
  serial: string;
  haSerial: string | null;
  name: string;
  host: string;
  customer: string;
  site: string;
  /** VeloCloud's word, such as `CONNECTED` or `OFFLINE`. */
  state: string;
  haState: string | null;
  since: string;
  ticketId: number | null;
  links: Link[];
}

export interface Link {
  interface: string;
  label: string;
  isp: string;
  type: string;
  /** VeloCloud's word, such as `STABLE` or `DISCONNECTED`. */
  state: string;
  since: string;
}

export interface TicketSummary {
  id: number;
  client: string;
  site: string | null;
  topic: string;
  status: string;
  severity: number;
  createdAt: string;
  createdBy: string;
}

/** A ticket as a support agent reads it in Bruin. */
export interface Ticket extends TicketSummary {
  details: TicketDetail[];
  notes: TicketNote[];
  history: TicketEvent[];
}

export interface TicketDetail {
  id: number;
  /** The edge's serial or the line's WTN. */
  serviceNumber: string;
  status: string;
  queue: string;
  assignedTo: string | null;
}

export interface TicketNote {
  id: number;
  text: string;
  serviceNumbers: string[];
  createdAt: string;
  author: string;
}

export interface TicketEvent {
  at: string;
  event: string;
  by: string;
}

export interface Message {
  id: string;
  at: string;
  channel: "slack" | "email" | "sms";
  from?: string;
  to?: string;
  subject?: string;
  text: string;
  html?: string;
}

/** A NATS message the sandbox saw on the wire. */
export interface Traffic {
  at: string;
  subject: string;
  direction: string;
  bytes: number;
  requestId: string | null;
  preview: string;
}

/** A request one of the stand-ins received. */
export interface Call {
  at: string;
  system: string;
  host: string;
  method: string;
  path: string;
  status: number;
  ms: number;
}

export type { Fault, NewFault } from "../faults/fault.ts";

export interface Service {
  name: string;
  id: string;
  version: string;
  endpoints: Endpoint[];
}

export interface Endpoint {
  subject: string;
  queue_group: string;
  num_requests: number;
  num_errors: number;
  /** In nanoseconds. */
  average_processing_time: number;
}
