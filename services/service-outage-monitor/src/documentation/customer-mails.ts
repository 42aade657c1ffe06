import { appendTicketNote, sendMilestoneEmail } from "@trunkline/contracts";
import { currentCycle, renderReminder } from "@trunkline/notes";
import { isEdgeDown, isLinkFaulty } from "@trunkline/sdwan";
import { remindedMessage } from "../messages.ts";
import { isReminderDue } from "./decide-reminder.ts";
import type { Documentation } from "./documentation.ts";

/** Bruin's names of the mails that it sends to a ticket's contacts. */
export const mails = Object.freeze({
  acknowledgement: "TicketBYOBOutageRepairAcknowledgement-E-Mail",
  reminder: "TicketBYOBOutageRepairReminder-E-Mail",
  allDown: "TicketServiceAffectingRepairVelo_E-Mail",
});

/** Tells the customer, for the first time, that a circuit which they bring is down. */
export async function acknowledge(on: Documentation): Promise<void> {
  if (await send(on, "acknowledgement")) await noteReminder(on);
}

/** Tells the customer again, once a day for as long as it lasts. */
export async function remind(on: Documentation): Promise<void> {
  const { monitor, outage, ticketId, work } = on;
  const { clock, settings } = monitor;
  const isDue = await work.once("is a reminder due", async () => {
    const { ticketNotes } = await on.ticket();
    const cycle = currentCycle(ticketNotes, new Set([outage.status.serial]));
    return isReminderDue(cycle, { now: clock.now(), everyMs: settings.reminderMs });
  });
  if (!isDue || !(await send(on, "reminder"))) return;
  if (await noteReminder(on)) await on.tell("reminded", remindedMessage(outage, ticketId, settings));
}

/** Tells the customer that nothing at the site is up any more. */
export async function tellAllDown(on: Documentation): Promise<void> {
  const { status } = on.outage;
  if (isEdgeDown(status) && status.links.every(isLinkFaulty)) await send(on, "allDown");
}

function send({ outage, ticketId, work }: Documentation, mail: keyof typeof mails): Promise<boolean> {
  return work.attempt(`have Bruin mail ${mails[mail]} about ticket ${ticketId}`, () =>
    work.write(`mail: ${mail}`, sendMilestoneEmail, {
      ticket_id: ticketId,
      service_number: outage.status.serial,
      notification_type: mails[mail],
    }),
  );
}

function noteReminder({ outage, ticketId, work }: Documentation): Promise<boolean> {
  return work.attempt(`append the note of a reminder to ticket ${ticketId}`, () =>
    work.write("note of a reminder", appendTicketNote, {
      ticket_id: ticketId,
      note: renderReminder(),
      service_numbers: [outage.status.serial],
    }),
  );
}
