import type { Handler } from "@trunkline/bus";
import type { getDetailIds } from "@trunkline/contracts";
import type { BruinClient } from "./bruin-client.ts";

/** The details of some interfaces of a detail's edge. */
export function listDetailIds(bruin: BruinClient): Handler<typeof getDetailIds> {
  return ({ ticket_id, detail_id, interfaces }, context) =>
    bruin.call(
      {
        method: "GET",
        path: "/api/Ticket/{ticketId}/details/{detailId}/detailids",
        pathParams: { ticketId: ticket_id, detailId: detail_id },
        query: { interfaces: interfaces.join(",") },
        // Only the second version of Bruin's API has this.
        headers: { "api-version": "2.0" },
      },
      context,
    );
}
