import { z } from "zod";
import { anyId, anything, MODEL, NO_BODY, request, serviceNumber, ticketId } from "./bruin-request.ts";
import { emailReply } from "./bruin-rows.ts";
import { wireId } from "./wire.ts";

export const sendMilestoneEmail = request({
  subject: "bruin.notification.email.milestone",
  effect: "write",
  timeoutSeconds: 150,
  description: "Has Bruin mail one of its texts about a ticket's line to the ticket's contacts.",
  body: z.looseObject({
    ticket_id: ticketId,
    notification_type: z.string().min(1).describe("TicketBYOBOutageRepairReminder-E-Mail, ..."),
    service_number: serviceNumber,
  }),
  reply: anything,
  complaints: {
    noBody: 'Must include {.."body":{"ticket_id", "notification_type", "service_number"}, in request',
    missingKey:
      'You must include "ticket_id", "notification_type" and "service_number" in the "body" field of the response request',
  },
});

export const tagEmail = request({
  subject: "bruin.email.tag.request",
  effect: "write",
  timeoutSeconds: 90,
  description: "Puts a tag on an e-mail that Bruin received; 409 when it has the tag already.",
  body: z.looseObject({ email_id: anyId, tag_id: anyId }),
  reply: anything,
  complaints: {
    noBody: NO_BODY,
    missingKey: 'You must include "email_id" and "tag_id" in the "body" field of the response request',
  },
});

export const linkTicketToEmail = request({
  subject: "bruin.link.ticket.email",
  effect: "write",
  timeoutSeconds: 15,
  description: "Ties a ticket to the e-mail that it was opened for.",
  body: z.looseObject({ ticket_id: anyId, email_id: anyId }),
  reply: anything,
  complaints: {
    noBody: NO_BODY,
    missingKey: 'You must include "ticket_id" and "email_id" in the "body" field of the request',
  },
});

export const markEmailDone = request({
  subject: "bruin.mark.email.done",
  effect: "write",
  timeoutSeconds: 15,
  description: "Marks an e-mail that Bruin received as dealt with.",
  body: z.looseObject({ email_id: anyId }),
  reply: anything,
  complaints: { noBody: NO_BODY, missingKey: "You must include email_id in the request" },
});

export const setEmailStatus = request({
  subject: "bruin.email.status",
  effect: "write",
  timeoutSeconds: 90,
  description: "Sets the status of an e-mail that Bruin received.",
  body: z.looseObject({ email_id: wireId, email_status: z.string().describe("AIQ, New, Done") }),
  reply: anything,
  complaints: { model: MODEL },
});

export const replyToEmail = request({
  subject: "bruin.email.reply",
  effect: "write",
  timeoutSeconds: 90,
  description: "Has Bruin answer everybody on an e-mail that it received.",
  body: z.looseObject({
    parent_email_id: wireId,
    reply_body: z.string(),
    html_reply_body: z.boolean().default(true).describe("Whether the answer is HTML"),
  }),
  reply: emailReply,
  complaints: { model: MODEL },
});
