import type { Handler } from "@trunkline/bus";
import type { getNextResults } from "@trunkline/contracts";
import type { BruinCall, BruinClient } from "./bruin-client.ts";
import type { Query } from "./query.ts";

/** Where a detail lies, and the results that would move it on. */
export function listNextResults(bruin: BruinClient): Handler<typeof getNextResults> {
  return ({ ticket_id, detail_id, service_number }, context) =>
    bruin.call(nextResultsCall(ticket_id, { ServiceNumber: service_number, DetailId: detail_id }), context);
}

/** @param filters the detail's number, its service number, or both */
export function nextResultsCall(ticketId: number, filters: Query): BruinCall {
  return { method: "GET", path: "/api/Ticket/{ticketId}/nextresult", pathParams: { ticketId }, query: filters };
}
