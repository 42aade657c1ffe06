import { expect, test } from "vitest";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";
import { getOverview } from "./ticket-overview.ts";

test.each([7, "7", "007"])("a ticket is found by %j", async (ticket_id) => {
  const bruin = await scriptedBruin({ body: { responses: [{ ticketID: 7 }, { ticketID: 8 }] } });
  const reply = await getOverview(bruin.client)({ ticket_id }, requestContext());
  expect(reply).toEqual({ status: 200, body: { ticketID: 7 } });
  expect(bruin.calls.map(({ url }) => url)).toEqual(["/api/Ticket?TicketId=7"]);
});

test.each([{ responses: [] }, { responses: null }, {}])(
  "a number that Bruin answers with %j is an empty list",
  async (body) => {
    const bruin = await scriptedBruin({ body });
    expect(await getOverview(bruin.client)({ ticket_id: 7 }, requestContext())).toEqual({ status: 200, body: [] });
  },
);

test.each([0, "", "0", "7a", -7, 7.5, null])("%j is no ticket's number", async (ticket_id) => {
  const bruin = await scriptedBruin();
  const reply = await getOverview(bruin.client)({ ticket_id }, requestContext());
  expect(reply).toEqual({ status: 404, body: "not ticket id found" });
  expect(bruin.calls).toEqual([]);
});

test("a refusal passes", async () => {
  const bruin = await scriptedBruin({ status: 403, body: { message: "no" } });
  const reply = await getOverview(bruin.client)({ ticket_id: 7 }, requestContext());
  expect(reply).toEqual({ status: 403, body: { message: "no" } });
});
