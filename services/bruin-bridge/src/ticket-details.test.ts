import { expect, test } from "vitest";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";
import { getDetails } from "./ticket-details.ts";

test("details and notes come as Bruin gives them", async () => {
  const body = { ticketDetails: [{ detailID: 1 }], ticketNotes: [{ noteId: 2, noteValue: null }] };
  const bruin = await scriptedBruin({ body });
  expect(await getDetails(bruin.client)({ ticket_id: 7 }, requestContext())).toEqual({ status: 200, body });
  expect(bruin.calls[0]).toMatchObject({ method: "GET", url: "/api/Ticket/7/details" });
});
