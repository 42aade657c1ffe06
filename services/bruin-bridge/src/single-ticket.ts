import { type Handler, refuse } from "@trunkline/bus";
import { type BasicTicket, basicTicket, type getSingleTicketBasic } from "@trunkline/contracts";
import { isSuccess, UNREACHABLE } from "./bruin-answer.ts";
import type { BruinCall, BruinClient } from "./bruin-client.ts";
import { rowsIn } from "./rows.ts";

/** One ticket by its number; 404 with an empty object when Bruin knows none. */
export function getSingleTicket(bruin: BruinClient): Handler<typeof getSingleTicketBasic> {
  return async ({ ticket_id }, context) => {
    const reply = await bruin.call(singleTicketCall(ticket_id), context);
    if (!isSuccess(reply.status)) return reply;
    const ticket = firstOf(reply.body);
    return ticket === undefined ? refuse(404, {}) : { status: reply.status, body: ticket };
  };
}

export function singleTicketCall(ticketId: number): BruinCall {
  return {
    method: "GET",
    path: "/api/Ticket/basic",
    // The capitals are Bruin's.
    query: { TicketID: ticketId },
    texts: { unreachable: UNREACHABLE.cause },
  };
}

/** The ticket in Bruin's answer to {@link singleTicketCall}; undefined when it has none. */
export function ticketIn(body: unknown): BasicTicket | undefined {
  return basicTicket.safeParse(firstOf(body)).data;
}

function firstOf(body: unknown): unknown {
  return rowsIn(body, "responses")[0];
}
