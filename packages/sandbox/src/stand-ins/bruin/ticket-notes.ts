import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { z } from "zod";
import type { Note } from "../../world/ticket.ts";
import type { World } from "../../world/world.ts";
import { offsetDate } from "./dates.ts";
import { bodyOf, detailName, ticketOf, wholeNumber } from "./request.ts";
import { API_USER_ID } from "./ticket-shapes.ts";

const noteRequest = z.object({ note: z.string().min(1), serviceNumbers: z.array(z.string()).nullish() });

const advancedNotesRequest = z.object({
  notes: z
    .array(
      z.object({
        noteValue: z.string().min(1),
        noteType: z.string(),
        serviceNumber: z.string().nullish(),
        detailId: wholeNumber.nullish(),
      }),
    )
    .min(1),
});

/** The two ways of writing notes: one for any number of lines, or several at once for one line each. */
export function ticketNotes(app: Hono<{ Bindings: HttpBindings }>, { desk }: World): void {
  app.post("/api/Ticket/:ticket/notes", async (context) => {
    const ticket = ticketOf(context, desk);
    const { note, serviceNumbers } = await bodyOf(context, noteRequest);
    desk.addNote(ticket, { text: note, serviceNumbers: serviceNumbers ?? [], type: "ADN", author: desk.apiUser });
    return context.json({ message: "success" });
  });
  app.post("/api/Ticket/:ticket/notes/advanced", async (context) => {
    const ticket = ticketOf(context, desk);
    const { notes } = await bodyOf(context, advancedNotesRequest);
    // Every line is looked up before the first note is written: a bad one must not leave half of them behind.
    const plans = notes.map((note) => ({
      ...note,
      detail:
        note.serviceNumber == null && note.detailId == null
          ? null
          : desk.detail(ticket, detailName(note.detailId, note.serviceNumber)),
    }));
    const written = plans.map(({ noteValue, noteType, detail }) => {
      const serviceNumbers = detail === null ? [] : [detail.asset.serviceNumber];
      const note = desk.addNote(ticket, { text: noteValue, serviceNumbers, type: noteType, author: desk.apiUser });
      return advancedNote(note, detail?.id ?? null);
    });
    return context.json({ ticketNotes: written });
  });
}

function advancedNote(note: Note, detailId: number | null) {
  return {
    noteID: note.id,
    noteType: note.type,
    noteValue: note.text,
    actionID: null,
    detailID: detailId,
    enteredBy: API_USER_ID,
    enteredDate: offsetDate(note.at),
    lastViewedBy: null,
    lastViewedDate: null,
    refNoteID: null,
    noteStatus: null,
    noteText: null,
    childNotes: null,
    documents: null,
    alerts: null,
    taggedUserDirIDs: null,
  };
}
