import { type Handler, ok } from "@trunkline/bus";
import { type appendTicketNote, ticketDetails } from "@trunkline/contracts";
import { isSuccess } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import type { Recover } from "./recovery.ts";
import { ticketDetailsCall } from "./ticket-details.ts";
import { isTheNote } from "./written-notes.ts";

/** Adds a note; Bruin takes any number of equal ones, so a doubt is settled by looking (see {@link findNote}). */
export function appendNote(bruin: BruinClient): Handler<typeof appendTicketNote> {
  return ({ ticket_id, note, service_numbers }, context) =>
    bruin.call(
      {
        method: "POST",
        path: "/api/Ticket/{ticketId}/notes",
        pathParams: { ticketId: ticket_id },
        json: { note, ...(service_numbers?.length && { serviceNumbers: service_numbers }) },
      },
      context,
    );
}

/** Whether the first attempt's note is on the ticket: then it was added, and adding it again would double it. */
export function findNote(bruin: BruinClient): Recover<typeof appendTicketNote> {
  return async ({ ticket_id, note, service_numbers }, context) => {
    const reply = await bruin.call(ticketDetailsCall(ticket_id), context);
    if (!isSuccess(reply.status)) return reply;
    const wanted = { text: note, serviceNumbers: service_numbers ?? [] };
    const { ticketNotes } = ticketDetails.parse(reply.body);
    const isThere = ticketNotes.some((each) => isTheNote(each, wanted, context.firstAttemptAt));
    return isThere ? ok({ message: "success" }) : undefined;
  };
}
