import { ok } from "@trunkline/bus";
import { type createOutageTicket, type ParsedBodyOf, ticketDetails } from "@trunkline/contracts";
import { isSuccess } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import { serviceNumbersOf, shortForm } from "./outage-ticket.ts";
import { ownTicketsSince } from "./own-tickets.ts";
import type { Recover } from "./recovery.ts";
import { ticketDetailsCall } from "./ticket-details.ts";

type Outage = ParsedBodyOf<typeof createOutageTicket>;

/**
 * A creation whose answer was lost: asked again, Bruin would call the ticket that it has just made an existing one
 * (409), and the requester would never write its first note. So a ticket of the asset that our own user has opened
 * since the first attempt is answered as created.
 *
 * Bruin's clock may be off ours, so a ticket of the minutes before passes for one since then. One that has notes was
 * opened by another decision, whose requester has written into it. Where there is no ticket to answer with, asking
 * Bruin again does no harm, since it keeps one open ticket per asset; what is lost then is only whether an existing
 * ticket was re-opened by the first attempt (472, 473) or was open before (409).
 */
export function findCreatedTicket(bruin: BruinClient, ownUser: string): Recover<typeof createOutageTicket> {
  return async (outage, context) => {
    const { firstAttemptAt } = context;
    const [serviceNumber = ""] = serviceNumbersOf(outage);
    const wanted = { ownUser, clientId: outage.client_id, topic: "VOO", serviceNumber, firstAttemptAt };
    const listed = await ownTicketsSince(bruin, wanted, context);
    if ("failure" in listed) return listed.failure;
    const [ticket] = listed.tickets;
    if (ticket === undefined) return undefined;
    const details = await bruin.call(ticketDetailsCall(ticket.ticketID), context);
    if (!isSuccess(details.status)) return details;
    if (hasNotes(details.body)) return undefined;
    const creation = ok(creationOf(ticket.ticketID, outage, details.body));
    return outage.get_full_response ? creation : shortForm(creation, outage);
  };
}

/** Whoever opens a ticket writes into it after the answer, so a ticket whose creation was not answered has no notes. */
function hasNotes(details: unknown): boolean {
  return ticketDetails.parse(details).ticketNotes.length > 0;
}

/** Bruin's answer as it must have been: every line of the new ticket, the asset's own first. */
function creationOf(ticketId: number, outage: Outage, details: unknown): unknown {
  const wanted = serviceNumbersOf(outage);
  const lines = ticketDetails.parse(details).ticketDetails.flatMap(({ detailValue }) => detailValue ?? []);
  const numbers = [...wanted, ...lines.filter((line) => !wanted.includes(line))];
  const items = numbers.map((wtn) => ({ ticketId, inventoryId: null, wtn, errorMessage: null, errorCode: null }));
  return { message: null, items };
}
