import { type HandlerReply, ok, type RequestContext, type ServeOptions } from "@trunkline/bus";
import {
  type BasicTicket,
  basicTicket,
  type createOutageTicket,
  type ParsedBodyOf,
  parseTicketDate,
  ticketDetails,
} from "@trunkline/contracts";
import { isSuccess } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import { serviceNumbersOf, shortForm } from "./outage-ticket.ts";
import { CLOCK_SKEW_MS } from "./recovery.ts";
import { ticketDetailsCall } from "./ticket-details.ts";

type Outage = ParsedBodyOf<typeof createOutageTicket>;

/** Statuses of tickets that Bruin would find for the asset instead of making a new one. */
const LIVING = ["New", "InProgress", "Draft", "Resolved"];

/**
 * A creation whose answer was lost: asked again, Bruin would call the ticket that it has just made an existing one
 * (409), and the requester would never write its first note. So a ticket of the asset that our own user has opened
 * since the first attempt is answered as created. Where there is none, asking Bruin again does no harm, since it keeps
 * one open ticket per asset; what is lost then is only whether an existing ticket was re-opened by the first attempt
 * (472, 473) or was open before (409).
 */
export function findCreatedTicket(
  bruin: BruinClient,
  ownUser: string,
): NonNullable<ServeOptions<typeof createOutageTicket>["recover"]> {
  return async (outage, context) => {
    const listed = await openTicketsOf(bruin, outage, context);
    if (!isSuccess(listed.status)) return listed;
    const since = context.firstAttemptAt.getTime() - CLOCK_SKEW_MS;
    const ticket = ticketsIn(listed.body).find((each) => isOurs(each, ownUser, since));
    if (ticket === undefined) return undefined;
    const details = await bruin.call(ticketDetailsCall(ticket.ticketID), context);
    if (!isSuccess(details.status)) return details;
    const creation = ok(creationOf(ticket.ticketID, outage, details.body));
    return outage.get_full_response ? creation : shortForm(creation, outage);
  };
}

function openTicketsOf(bruin: BruinClient, outage: Outage, context: RequestContext): Promise<HandlerReply> {
  const query = {
    ClientId: outage.client_id,
    TicketTopic: "VOO",
    ServiceNumber: serviceNumbersOf(outage)[0] ?? "",
    TicketStatus: LIVING,
    PageSize: 100,
    PageNumber: 1,
  };
  return bruin.call({ method: "GET", path: "/api/Ticket/basic", query }, context);
}

function ticketsIn(body: unknown): BasicTicket[] {
  const rows = (body as { responses?: unknown } | null)?.responses;
  return Array.isArray(rows) ? rows.flatMap((row) => basicTicket.safeParse(row).data ?? []) : [];
}

function isOurs(ticket: BasicTicket, ownUser: string, since: number): boolean {
  const createdAt = parseTicketDate(ticket.createDate);
  return ticket.createdBy === ownUser && createdAt !== undefined && createdAt.getTime() >= since;
}

/** Bruin's answer as it must have been: every line of the new ticket, the asset's own first. */
function creationOf(ticketId: number, outage: Outage, details: unknown): unknown {
  const wanted = serviceNumbersOf(outage);
  const lines = ticketDetails.parse(details).ticketDetails.flatMap(({ detailValue }) => detailValue ?? []);
  const numbers = [...wanted, ...lines.filter((line) => !wanted.includes(line))];
  const items = numbers.map((wtn) => ({ ticketId, inventoryId: null, wtn, errorMessage: null, errorCode: null }));
  return { message: null, items };
}
