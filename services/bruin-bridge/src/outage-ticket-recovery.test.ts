import { expect, test } from "vitest";
import { findCreatedTicket } from "./outage-ticket-recovery.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const firstAttemptAt = new Date("2022-01-21T16:02:00Z");
const recovering = () => ({ ...requestContext(), firstAttemptAt });
const outage = { client_id: 41001, service_number: "VC1", interfaces: ["GE1"] };
const ours = { ticketID: 7001002, createdBy: "Trunkline", createDate: "1/21/2022 4:02:30 PM" };
const listOf = (...responses: unknown[]) => ({ body: { total: responses.length, responses } });
const details = {
  body: {
    ticketDetails: [
      { detailID: 1, detailValue: "GE1.7" },
      { detailID: 2, detailValue: "VC1" },
    ],
  },
};

test("our own ticket of the asset since the first attempt was created by it", async () => {
  const bruin = await scriptedBruin(listOf({ ...ours, ticketID: 1, createdBy: "Somebody" }, ours), details);
  const reply = await findCreatedTicket(bruin.client, "Trunkline")(outage, recovering());
  expect(reply).toEqual({ status: 200, body: 7001002 });
  expect(bruin.calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "GET /api/Ticket/basic?ClientId=41001&TicketTopic=VOO&ServiceNumber=VC1&TicketStatus=New&TicketStatus=InProgress" +
      "&TicketStatus=Draft&TicketStatus=Resolved&PageSize=100&PageNumber=1",
    "GET /api/Ticket/7001002/details",
  ]);
});

test("a full response names every line of the new ticket, the asset's own first", async () => {
  const bruin = await scriptedBruin(listOf(ours), details);
  const full = { ...outage, get_full_response: true };
  const item = { ticketId: 7001002, inventoryId: null, errorMessage: null, errorCode: null };
  expect(await findCreatedTicket(bruin.client, "Trunkline")(full, recovering())).toEqual({
    status: 200,
    body: {
      message: null,
      items: [
        { ...item, wtn: "VC1" },
        { ...item, wtn: "GE1.7" },
      ],
    },
  });
});

test.each([
  ["no ticket", []],
  ["another's ticket", [{ ...ours, createdBy: "Somebody" }]],
  ["an older ticket of ours", [{ ...ours, createDate: "1/21/2022 3:02:30 PM" }]],
  ["a ticket of an unreadable date", [{ ...ours, createDate: "yesterday" }]],
])("with %s, Bruin is asked again, which keeps one open ticket per asset", async (_, tickets) => {
  const bruin = await scriptedBruin(listOf(...tickets));
  expect(await findCreatedTicket(bruin.client, "Trunkline")(outage, recovering())).toBeUndefined();
});

test("a ticket that has been written into was opened by another decision, and Bruin is asked again", async () => {
  const ticketNotes = [{ noteId: 1, noteValue: "#*MetTel's IPA*#\nTriage (VeloCloud)", serviceNumber: ["VC1"] }];
  const bruin = await scriptedBruin(listOf(ours), { body: { ...details.body, ticketNotes } });
  expect(await findCreatedTicket(bruin.client, "Trunkline")(outage, recovering())).toBeUndefined();
});

test.each([
  ["listing tickets", [{ status: 500 }]],
  ["reading details", [listOf(ours), { status: 500 }]],
])("while %s fails, the question stays open", async (_, answers) => {
  const bruin = await scriptedBruin(...answers);
  expect(await findCreatedTicket(bruin.client, "Trunkline")(outage, recovering())).toMatchObject({ status: 500 });
});
