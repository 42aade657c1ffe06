/**
 * The control API as the console reads it: the same types the sandbox answers with.
 * The page's modules import them in JSDoc only; nothing of this file reaches the browser.
 */
import type { EdgeView } from "../world/views.ts";

export type { About } from "../control/about-routes.ts";
export type { DiscoveredService as Service } from "../control/nats-view.ts";
export type { Traffic } from "../control/traffic.ts";
export type { Fault, NewFault } from "../faults/fault.ts";
export type { Call } from "../stand-ins/calls.ts";
export type { MailView as Mail } from "../world/mailboxes.ts";
export type { Message, MessageFile } from "../world/messages.ts";
export type { EdgeView as Edge, LinkView as Link, TicketSummary, TicketView as Ticket } from "../world/views.ts";

export interface World {
  readonly now: string;
  readonly customers: readonly Customer[];
  readonly edges: readonly EdgeView[];
}

export interface Customer {
  readonly id: number;
  readonly name: string;
  /** The VeloCloud host that manages its edges. */
  readonly host: string;
  readonly enterpriseId: number;
}
