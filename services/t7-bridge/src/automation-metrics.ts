import { type Handler, refuse } from "@trunkline/bus";
import type { saveAutomationMetrics } from "@trunkline/contracts";
import { saved } from "./saved.ts";
import type { T7Client } from "./t7-client.ts";
import { ticketRowsOf } from "./ticket-rows.ts";

/** Hands T7 the history of a ticket to learn from. */
export function saveMetrics(t7: Pick<T7Client, "saveMetrics">): Handler<typeof saveAutomationMetrics> {
  return async ({ ticket_id, ticket_rows }, context) => {
    const converted = ticketRowsOf(ticket_rows);
    if (!converted.ok) return refuse(400, converted.complaint);
    return saved(t7.saveMetrics({ ticket_id, ticket_rows: converted.rows }, context));
  };
}
