import type { Handler } from "@trunkline/bus";
import type { getTaskHistory } from "@trunkline/contracts";
import { isSuccess, UNREACHABLE } from "./bruin-answer.ts";
import type { BruinCall, BruinClient } from "./bruin-client.ts";
import { rowsIn } from "./rows.ts";

/** Everything that happened to a ticket's tasks, row by row. */
export function listTaskHistory(bruin: BruinClient): Handler<typeof getTaskHistory> {
  return async ({ ticket_id }, context) => {
    const reply = await bruin.call(taskHistoryCall(ticket_id), context);
    return isSuccess(reply.status) ? { status: reply.status, body: rowsIn(reply.body, "result") } : reply;
  };
}

export function taskHistoryCall(ticketId: number): BruinCall {
  return {
    method: "GET",
    path: "/api/Ticket/AITicketData",
    // The small letter is Bruin's.
    query: { ticketId },
    texts: { unreachable: UNREACHABLE.plain },
  };
}
