import { expect, test } from "vitest";
import { appendNotes, findNotes } from "./append-notes.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const hello = { text: "hello", service_number: "VC1", detail_id: 8 };
const secret = { text: "secret", detail_id: 9, service_number: null, is_private: true };
const wanted = { ticket_id: 7, notes: [hello, secret] };
const firstAttemptAt = new Date("2022-01-21T16:08:00Z");
const recovering = () => ({ ...requestContext(), firstAttemptAt });
const helloNote = {
  noteId: 1,
  noteValue: "hello",
  serviceNumber: ["VC1"],
  createdDate: "2022-01-21T11:08:02-05:00",
  noteType: "ADN",
};
const secretNote = { ...helloNote, noteId: 2, noteValue: "secret", serviceNumber: ["VC2"], noteType: "CON" };
const ticketWith = (...ticketNotes: unknown[]) => ({
  body: {
    ticketDetails: [
      { detailID: 8, detailValue: "VC1" },
      { detailID: 9, detailValue: "VC2" },
    ],
    ticketNotes,
  },
});
const found = (note: typeof helloNote, detailID: number) => ({
  noteID: note.noteId,
  noteType: note.noteType,
  noteValue: note.noteValue,
  detailID,
  enteredDate: note.createdDate,
});

test("notes reach Bruin in its own spelling, and the reply lists what it wrote", async () => {
  const ticketNotes = [{ noteID: 1 }, { noteID: 2 }];
  const bruin = await scriptedBruin({ body: { ticketNotes } });
  expect(await appendNotes(bruin.client)(wanted, requestContext())).toEqual({ status: 200, body: ticketNotes });
  expect(bruin.calls).toMatchObject([
    {
      method: "POST",
      url: "/api/Ticket/7/notes/advanced",
      body: {
        notes: [
          { noteValue: "hello", serviceNumber: "VC1", detailId: 8, noteType: "ADN" },
          { noteValue: "secret", detailId: 9, noteType: "CON" },
        ],
      },
    },
  ]);
});

test("silence is told in the words that requesters know", async () => {
  const bruin = await scriptedBruin({ hangUp: true });
  const reply = await appendNotes(bruin.client)(wanted, requestContext());
  expect(reply).toMatchObject({ status: 500, body: expect.stringMatching(/^Connection error in Bruin API\. Cause: /) });
});

test("notes that the first attempt has left are not written again", async () => {
  const bruin = await scriptedBruin(ticketWith(secretNote, helloNote));
  const reply = await findNotes(bruin.client)(wanted, recovering());
  expect(reply).toEqual({ status: 200, body: [found(helloNote, 8), found(secretNote, 9)] });
  expect(bruin.calls.map(({ method }) => method)).toEqual(["GET"]);
});

test("only the notes that are not there are written", async () => {
  const bruin = await scriptedBruin(ticketWith(helloNote), { body: { ticketNotes: [{ noteID: 5 }] } });
  const reply = await findNotes(bruin.client)(wanted, recovering());
  expect(reply).toEqual({ status: 200, body: [found(helloNote, 8), { noteID: 5 }] });
  expect(bruin.calls[1]?.body).toEqual({ notes: [{ noteValue: "secret", detailId: 9, noteType: "CON" }] });
});

test("equal notes are wanted as often as they are listed", async () => {
  const bruin = await scriptedBruin(ticketWith(helloNote), { body: { ticketNotes: [{ noteID: 5 }] } });
  const reply = await findNotes(bruin.client)({ ticket_id: 7, notes: [hello, hello] }, recovering());
  expect(reply?.body).toEqual([found(helloNote, 8), { noteID: 5 }]);
});

test.each([
  ["none of them", []],
  ["older ones", [{ ...helloNote, createdDate: "2022-01-21T10:00:00-05:00" }]],
  ["the same texts for other lines", [{ ...helloNote, serviceNumber: ["VC2"] }]],
])("with %s on the ticket, all are written", async (_, notes) => {
  const bruin = await scriptedBruin(ticketWith(...notes));
  expect(await findNotes(bruin.client)(wanted, recovering())).toBeUndefined();
});

test.each([
  ["the ticket cannot be read", [{ status: 500 }]],
  ["the rest is refused", [ticketWith(helloNote), { status: 500 }]],
])("while %s, the question stays open", async (_, answers) => {
  const bruin = await scriptedBruin(...answers);
  expect(await findNotes(bruin.client)(wanted, recovering())).toMatchObject({ status: 500 });
});
