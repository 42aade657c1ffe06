import type { Handler } from "@trunkline/bus";
import type { getTicketDetails } from "@trunkline/contracts";
import type { BruinCall, BruinClient } from "./bruin-client.ts";

/** A ticket's details and notes, as Bruin gives them. */
export function getDetails(bruin: BruinClient): Handler<typeof getTicketDetails> {
  return ({ ticket_id }, context) => bruin.call(ticketDetailsCall(ticket_id), context);
}

export function ticketDetailsCall(ticketId: number): BruinCall {
  return { method: "GET", path: "/api/Ticket/{ticketId}/details", pathParams: { ticketId } };
}
