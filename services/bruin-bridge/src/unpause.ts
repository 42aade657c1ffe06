import type { Handler } from "@trunkline/bus";
import type { unpauseTicketDetail } from "@trunkline/contracts";
import { UNREACHABLE } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";

/** Ends a detail's pause. The mixed case of the keys is Bruin's. */
export function unpauseDetail(bruin: BruinClient): Handler<typeof unpauseTicketDetail> {
  return ({ ticket_id, service_number, detail_id }, context) =>
    bruin.call(
      {
        method: "POST",
        path: "/api/Ticket/{ticketId}/detail/unpause",
        pathParams: { ticketId: ticket_id },
        json: { ...(service_number && { serviceNumber: service_number }), ...(detail_id && { DetailId: detail_id }) },
        texts: { unreachable: UNREACHABLE.plain },
      },
      context,
    );
}
