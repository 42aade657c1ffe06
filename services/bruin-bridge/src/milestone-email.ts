import { type Handler, refuse } from "@trunkline/bus";
import type { sendMilestoneEmail } from "@trunkline/contracts";
import type { BruinClient } from "./bruin-client.ts";
import { pascalized } from "./query.ts";

/** A reply below 500 is remembered, so that another attempt with the same key gets it too instead of a second mail. */
const IN_DOUBT = refuse(409, "Bruin may have sent this e-mail and has not said so; it is not sent again");

/**
 * Has Bruin mail one of its texts to a ticket's contacts.
 *
 * There is no looking up whether a mail went out, so a lost answer stays a doubt and the mail is not sent again: a
 * customer who misses one reminder gets the next; one who gets everything twice stops reading.
 */
export function sendMilestone(bruin: BruinClient): Handler<typeof sendMilestoneEmail> {
  return ({ ticket_id, notification_type, service_number, ...extras }, context) =>
    bruin.call(
      {
        method: "POST",
        path: "/api/Notification/email/milestone",
        json: {
          ...(pascalized(extras) as object),
          TicketId: ticket_id,
          NotificationType: notification_type,
          Detail: { ServiceNumber: service_number },
        },
        inDoubt: IN_DOUBT,
      },
      context,
    );
}
