import { type Handler, ok, type ServeOptions } from "@trunkline/bus";
import {
  type appendTicketNote,
  type ParsedBodyOf,
  parseWireDate,
  type TicketNote,
  ticketDetails,
} from "@trunkline/contracts";
import { isSuccess } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import { CLOCK_SKEW_MS } from "./recovery.ts";
import { ticketDetailsCall } from "./ticket-details.ts";

type Note = ParsedBodyOf<typeof appendTicketNote>;

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
export function findNote(bruin: BruinClient): NonNullable<ServeOptions<typeof appendTicketNote>["recover"]> {
  return async (wanted, context) => {
    const reply = await bruin.call(ticketDetailsCall(wanted.ticket_id), context);
    if (!isSuccess(reply.status)) return reply;
    const { ticketNotes } = ticketDetails.parse(reply.body);
    const since = context.firstAttemptAt.getTime() - CLOCK_SKEW_MS;
    return ticketNotes.some((note) => isTheNote(note, wanted, since)) ? ok({ message: "success" }) : undefined;
  };
}

function isTheNote(note: TicketNote, wanted: Note, since: number): boolean {
  const createdAt = parseWireDate(note.createdDate ?? "")?.getTime();
  return (
    (createdAt === undefined || createdAt >= since) &&
    sameText(note.noteValue, wanted.note) &&
    sameLines(note.serviceNumber, wanted.service_numbers)
  );
}

/** Bruin trims notes and may change their line ends. */
function sameText(found: string | null, wanted: string): boolean {
  return found !== null && normalised(found) === normalised(wanted);
}

function normalised(text: string): string {
  return text.replaceAll("\r\n", "\n").trim();
}

/** A note for no line in particular is listed without lines, or with all of them. */
function sameLines(found: readonly (string | null)[] | null, wanted: readonly string[] | null | undefined): boolean {
  if (!wanted?.length) return true;
  const lines = new Set(found);
  return lines.size === new Set(wanted).size && wanted.every((line) => lines.has(line));
}
