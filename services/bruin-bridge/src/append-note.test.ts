import { expect, test } from "vitest";
import { appendNote, findNote } from "./append-note.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const note = "#*MetTel's IPA*#\nTriage (VeloCloud)\nEdge: OFFLINE";
const wanted = { ticket_id: 7, note, service_numbers: ["VC1", "GE1.7"] };
const firstAttemptAt = new Date("2022-01-21T16:08:00Z");
const found = { noteValue: note, serviceNumber: ["GE1.7", "VC1"], createdDate: "2022-01-21T11:08:02.1-05:00" };

test("a note is added for its lines", async () => {
  const bruin = await scriptedBruin({ body: { message: "success" } });
  const reply = await appendNote(bruin.client)(wanted, requestContext());
  expect(reply).toEqual({ status: 200, body: { message: "success" } });
  expect(bruin.calls).toMatchObject([
    { method: "POST", url: "/api/Ticket/7/notes", body: { note, serviceNumbers: ["VC1", "GE1.7"] } },
  ]);
});

test.each([null, undefined, []])("lines of %j are none", async (service_numbers) => {
  const bruin = await scriptedBruin({ body: {} });
  await appendNote(bruin.client)({ ticket_id: 7, note, service_numbers }, requestContext());
  expect(bruin.calls[0]?.body).toEqual({ note });
});

test.each([
  ["the note, its lines in another order", found],
  ["the note with other line ends", { ...found, noteValue: `${note.replaceAll("\n", "\r\n")}\r\n` }],
  ["the note by a clock that is a minute behind", { ...found, createdDate: "2022-01-21T11:07:00-05:00" }],
  ["the note without a date", { ...found, createdDate: null }],
])("%s was added by the first attempt", async (_, ticketNote) => {
  const bruin = await scriptedBruin({ body: { ticketNotes: [{ noteValue: null }, ticketNote] } });
  const reply = await findNote(bruin.client)(wanted, { ...requestContext(), firstAttemptAt });
  expect(reply).toEqual({ status: 200, body: { message: "success" } });
  expect(bruin.calls.map(({ method }) => method)).toEqual(["GET"]);
});

test.each([
  ["an older note of the same text", { ...found, createdDate: "2022-01-21T10:08:02.1-05:00" }],
  ["the same text for another line", { ...found, serviceNumber: ["VC2"] }],
  ["the same text for fewer lines", { ...found, serviceNumber: ["VC1"] }],
  ["the same text for the whole ticket", { ...found, serviceNumber: null }],
  ["another text", { ...found, noteValue: "Triage" }],
])("%s is not the note", async (_, ticketNote) => {
  const bruin = await scriptedBruin({ body: { ticketNotes: [ticketNote] } });
  expect(await findNote(bruin.client)(wanted, { ...requestContext(), firstAttemptAt })).toBeUndefined();
});

test("a note for the whole ticket is found with any lines", async () => {
  const bruin = await scriptedBruin({ body: { ticketNotes: [found] } });
  const whole = { ticket_id: 7, note };
  expect(await findNote(bruin.client)(whole, { ...requestContext(), firstAttemptAt })).toMatchObject({ status: 200 });
});

test("while Bruin does not say, the question stays open", async () => {
  const bruin = await scriptedBruin({ status: 500 });
  expect(await findNote(bruin.client)(wanted, { ...requestContext(), firstAttemptAt })).toMatchObject({ status: 500 });
});
