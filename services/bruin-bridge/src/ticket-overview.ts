import { type Handler, refuse } from "@trunkline/bus";
import type { getTicketOverview } from "@trunkline/contracts";
import { isSuccess } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import { rowsIn } from "./rows.ts";

/** One ticket in its long form. An unknown number is no error here: requesters know it by the empty list. */
export function getOverview(bruin: BruinClient): Handler<typeof getTicketOverview> {
  return async ({ ticket_id }, context) => {
    if (!isTicketNumber(ticket_id)) return refuse(404, "not ticket id found");
    const query = { TicketId: Number(ticket_id) };
    const reply = await bruin.call({ method: "GET", path: "/api/Ticket", query }, context);
    if (!isSuccess(reply.status)) return reply;
    const [ticket = []] = rowsIn(reply.body, "responses");
    return { status: reply.status, body: ticket };
  };
}

function isTicketNumber(value: number | string | null): boolean {
  return /^\d+$/.test(String(value)) && Number(value) > 0;
}
