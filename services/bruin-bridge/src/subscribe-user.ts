import type { Handler } from "@trunkline/bus";
import type { subscribeUser } from "@trunkline/contracts";
import { UNREACHABLE } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";

/** Has Bruin tell somebody about a ticket's changes; Bruin's answer is the reply, whatever it is. */
export function subscribe(bruin: BruinClient): Handler<typeof subscribeUser> {
  return ({ ticket_id, user_email, subscription_type }, context) =>
    bruin.call(
      {
        method: "POST",
        path: "/api/Ticket/{ticketId}/subscribeUser",
        pathParams: { ticketId: ticket_id },
        json: { subscriptionType: subscription_type, user: { email: user_email } },
        asItIs: "json-or-text",
        texts: { unreachable: UNREACHABLE.session },
      },
      context,
    );
}
