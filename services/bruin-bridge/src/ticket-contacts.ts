import { type Handler, refuse } from "@trunkline/bus";
import type { getTicketContacts } from "@trunkline/contracts";
import { isSuccess, UNREACHABLE } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import { queryOf } from "./query.ts";
import { rowsIn } from "./rows.ts";

/** The people of a client who may be told about its tickets; 404 when there are none. */
export function listContacts(bruin: BruinClient): Handler<typeof getTicketContacts> {
  return async (filters, context) => {
    const reply = await bruin.call(
      {
        method: "GET",
        path: "/api/Ticket/Contacts",
        query: queryOf(filters),
        texts: { forbidden: { error: "403 error" }, unreachable: UNREACHABLE.plain },
      },
      context,
    );
    if (!isSuccess(reply.status)) return reply;
    const contacts = rowsIn(reply.body, "results");
    if (contacts.length > 0) return { status: reply.status, body: contacts };
    return refuse(404, `No ticket contacts information was found for client ${filters.client_id}`);
  };
}
