import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { z } from "zod";
import type { World } from "../../world/world.ts";
import { BruinError } from "./bruin-error.ts";
import { bodyOf, wholeNumber } from "./request.ts";

const request = z.object({
  TicketId: wholeNumber,
  NotificationType: z.string(),
  Detail: z.object({ ServiceNumber: z.string() }),
});

/** The texts that Bruin sends, by their names, with what they say. */
const subjects: Readonly<Record<string, string>> = {
  "TicketBYOBOutageRepairAcknowledgement-E-Mail": "We see an outage on a line that you provide",
  "TicketBYOBOutageRepairReminder-E-Mail": "Reminder: a line that you provide is still down",
  "TicketBYOBAffectingRepairAcknowledgement-E-Mail": "We see trouble on a line that you provide",
  "TicketBYOBAffectingRepairReminder-E-Mail": "Reminder: trouble on a line that you provide",
  "TicketServiceAffectingRepairVelo_E-Mail": "Your site is down",
  "TicketPIABDeviceLostPower-E-Mail": "Your device lost power",
};

/** Has Bruin write one of its texts to the contact of a ticket's site. */
export function milestoneEmails(app: Hono<{ Bindings: HttpBindings }>, { desk, messages }: World): void {
  let sent = 0;
  app.post("/api/Notification/email/milestone", async (context) => {
    const { TicketId, NotificationType, Detail } = await bodyOf(context, request);
    const subject = subjects[NotificationType];
    if (subject === undefined) throw new BruinError(`There is no notification type ${NotificationType}.`);
    const ticket = desk.ticket(TicketId);
    const { asset } = desk.detail(ticket, { serviceNumber: Detail.ServiceNumber });
    const { contact, label, customer } = ticket.site;
    sent++;
    messages.add({
      channel: "email",
      from: "notifications@bruin.example.net",
      to: contact.email,
      subject: `${subject} (ticket ${ticket.id})`,
      text: [
        `Dear ${contact.firstName} ${contact.lastName},`,
        `${subject}: ${asset.serviceNumber} at ${label}, ${customer.name}.`,
        `We work on it under ticket ${ticket.id}.`,
      ].join("\n\n"),
    });
    return context.json({ eventId: 11 + sent, jobId: 4 + sent });
  });
}
