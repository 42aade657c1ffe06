import { type Handler, type HandlerReply, ok, type RequestContext } from "@trunkline/bus";
import {
  type appendTicketNotes,
  type ParsedBodyOf,
  type TicketDetail,
  type TicketNote,
  ticketDetails,
} from "@trunkline/contracts";
import { isSuccess, UNREACHABLE } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import type { Recover } from "./recovery.ts";
import { rowsIn } from "./rows.ts";
import { ticketDetailsCall } from "./ticket-details.ts";
import { isTheNote } from "./written-notes.ts";

type Wanted = ParsedBodyOf<typeof appendTicketNotes>["notes"][number];

const PUBLIC = "ADN";
const PRIVATE = "CON";

/** Adds several notes at once; the reply lists them as Bruin wrote them down. */
export function appendNotes(bruin: BruinClient): Handler<typeof appendTicketNotes> {
  return ({ ticket_id, notes }, context) => post(bruin, { ticketId: ticket_id, notes }, context);
}

/** Looks which of the notes the first attempt has left on the ticket, and adds those alone that are not there. */
export function findNotes(bruin: BruinClient): Recover<typeof appendTicketNotes> {
  return async ({ ticket_id, notes }, context) => {
    const reply = await bruin.call(ticketDetailsCall(ticket_id), context);
    if (!isSuccess(reply.status)) return reply;
    const { found, missing } = sortOut(notes, ticketDetails.parse(reply.body), context.firstAttemptAt);
    if (found.length === 0) return undefined;
    if (missing.length === 0) return ok(found);
    const rest = await post(bruin, { ticketId: ticket_id, notes: missing }, context);
    return isSuccess(rest.status) ? ok([...found, ...(rest.body as unknown[])]) : rest;
  };
}

async function post(
  bruin: BruinClient,
  { ticketId, notes }: { ticketId: number; notes: readonly Wanted[] },
  context: RequestContext,
): Promise<HandlerReply> {
  const reply = await bruin.call(
    {
      method: "POST",
      path: "/api/Ticket/{ticketId}/notes/advanced",
      pathParams: { ticketId },
      json: { notes: notes.map(payloadOf) },
      texts: { unreachable: UNREACHABLE.cause },
    },
    context,
  );
  return isSuccess(reply.status) ? { status: reply.status, body: rowsIn(reply.body, "ticketNotes") } : reply;
}

function payloadOf({ text, service_number, detail_id, is_private }: Wanted) {
  return {
    noteValue: text,
    ...(service_number != null && { serviceNumber: service_number }),
    ...(detail_id != null && { detailId: detail_id }),
    noteType: is_private ? PRIVATE : PUBLIC,
  };
}

/** Equal notes are wanted as often as they are listed, so each note of the ticket counts for one of them. */
function sortOut(
  wanted: readonly Wanted[],
  { ticketDetails: lines, ticketNotes }: { ticketDetails: readonly TicketDetail[]; ticketNotes: readonly TicketNote[] },
  firstAttemptAt: Date,
) {
  const left = [...ticketNotes];
  const found: unknown[] = [];
  const missing: Wanted[] = [];
  for (const each of wanted) {
    const line = each.service_number ?? lines.find(({ detailID }) => detailID === each.detail_id)?.detailValue;
    const note = { text: each.text, serviceNumbers: line ? [line] : [] };
    const index = left.findIndex((candidate) => isTheNote(candidate, note, firstAttemptAt));
    const [there] = index < 0 ? [] : left.splice(index, 1);
    if (there === undefined) missing.push(each);
    else found.push(confirmationOf(there, each));
  }
  return { found, missing };
}

function confirmationOf({ noteId, noteType, noteValue, createdDate }: TicketNote, { detail_id }: Wanted) {
  return { noteID: noteId, noteType, noteValue, detailID: detail_id ?? null, enteredDate: createdDate };
}
