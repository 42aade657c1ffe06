import { type Handler, ok } from "@trunkline/bus";
import type { closeTicket } from "@trunkline/contracts";
import { isSuccess } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import type { Recover } from "./recovery.ts";
import { singleTicketCall, ticketIn } from "./single-ticket.ts";

/** Closes a ticket with all its details. */
export function close(bruin: BruinClient): Handler<typeof closeTicket> {
  return ({ ticket_id, close_note }, context) =>
    bruin.call(
      {
        method: "PUT",
        path: "/api/Ticket/{ticketId}/close",
        pathParams: { ticketId: ticket_id },
        json: { CloseNote: close_note },
      },
      context,
    );
}

/** A ticket that is closed stays so, and Bruin refuses to close it again. */
export function findClosed(bruin: BruinClient): Recover<typeof closeTicket> {
  return async ({ ticket_id }, context) => {
    const reply = await bruin.call(singleTicketCall(ticket_id), context);
    if (!isSuccess(reply.status)) return reply;
    return ticketIn(reply.body)?.ticketStatus === "Closed" ? ok("closed") : undefined;
  };
}
