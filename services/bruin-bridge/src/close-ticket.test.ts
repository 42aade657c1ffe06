import { expect, test } from "vitest";
import { close, findClosed } from "./close-ticket.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const closing = { ticket_id: 7, close_note: "Closing ticket due to byob link." };
const recovering = () => ({ ...requestContext(), firstAttemptAt: new Date() });

test("a ticket is closed with a note", async () => {
  const bruin = await scriptedBruin({ body: "closed" });
  expect(await close(bruin.client)(closing, requestContext())).toEqual({ status: 200, body: "closed" });
  expect(bruin.calls).toMatchObject([
    { method: "PUT", url: "/api/Ticket/7/close", body: { CloseNote: "Closing ticket due to byob link." } },
  ]);
});

test.each([
  [[{ ticketID: 7, ticketStatus: "Closed" }], { status: 200, body: "closed" }],
  [[{ ticketID: 7, ticketStatus: "Resolved" }], undefined],
  [[], undefined],
])("a ticket listed as %j answers %j", async (responses, reply) => {
  const bruin = await scriptedBruin({ body: { responses } });
  expect(await findClosed(bruin.client)(closing, recovering())).toEqual(reply);
  expect(bruin.calls[0]?.url).toBe("/api/Ticket/basic?TicketID=7");
});

test("while the ticket cannot be read, the question stays open", async () => {
  const bruin = await scriptedBruin({ status: 500 });
  expect(await findClosed(bruin.client)(closing, recovering())).toMatchObject({ status: 500 });
});
