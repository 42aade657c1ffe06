import type { Handler } from "@trunkline/bus";
import type { sendMilestoneEmail } from "@trunkline/contracts";
import type { BruinClient } from "./bruin-client.ts";
import { pascalized } from "./query.ts";

/**
 * Has Bruin mail one of its texts to a ticket's contacts.
 *
 * There is no looking up whether a mail went out, so this write has no way back from a lost answer: the second attempt
 * is refused. A customer who misses one reminder gets the next; one who gets everything twice stops reading.
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
      },
      context,
    );
}
