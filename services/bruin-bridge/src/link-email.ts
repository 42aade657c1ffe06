import { type Handler, ok, refuse } from "@trunkline/bus";
import type { linkTicketToEmail } from "@trunkline/contracts";
import { isSuccess, UNREACHABLE } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import { saysSuccess } from "./email-status.ts";

/** Ties a ticket to an e-mail; 400 when Bruin could not. */
export function linkEmail(bruin: BruinClient): Handler<typeof linkTicketToEmail> {
  return async ({ ticket_id, email_id }, context) => {
    const reply = await bruin.call(
      {
        method: "POST",
        path: "/api/Email/{emailId}/link/ticket/{ticketId}",
        pathParams: { emailId: email_id, ticketId: ticket_id },
        texts: { unreachable: UNREACHABLE.plain },
      },
      context,
    );
    if (!isSuccess(reply.status)) return reply;
    if (saysSuccess(reply.body)) return ok(reply.body);
    return refuse(400, `Problem linking ticket ${ticket_id} and email ${email_id}`);
  };
}
