import { type Handler, ok } from "@trunkline/bus";
import type { changeTicketSeverity } from "@trunkline/contracts";
import { isSuccess, UNREACHABLE } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import type { Recover } from "./recovery.ts";
import { singleTicketCall, ticketIn } from "./single-ticket.ts";

/** Sets a ticket's severity. */
export function changeSeverity(bruin: BruinClient): Handler<typeof changeTicketSeverity> {
  return ({ ticket_id, severity, reason }, context) =>
    bruin.call(
      {
        method: "PUT",
        path: "/api/Ticket/{ticketId}/severity",
        pathParams: { ticketId: ticket_id },
        json: { Severity: severity, Reason: reason },
        texts: {
          forbidden: `Permissions to change the severity level of ticket ${ticket_id} were not granted`,
          unreachable: UNREACHABLE.colon,
        },
      },
      context,
    );
}

/** Each change leaves its reason in the ticket's history, so a severity that is already there is not set again. */
export function findSeverity(bruin: BruinClient): Recover<typeof changeTicketSeverity> {
  return async ({ ticket_id, severity }, context) => {
    const reply = await bruin.call(singleTicketCall(ticket_id), context);
    if (!isSuccess(reply.status)) return reply;
    return ticketIn(reply.body)?.severity === severity ? ok({ TicketId: ticket_id, Result: true }) : undefined;
  };
}
