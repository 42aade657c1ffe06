import { expect, test } from "vitest";
import { getSingleTicket } from "./single-ticket.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

test("the ticket of a number is asked for in Bruin's capitals", async () => {
  const bruin = await scriptedBruin({ body: { responses: [{ ticketID: 7, severity: 2 }] } });
  const reply = await getSingleTicket(bruin.client)({ ticket_id: 7 }, requestContext());
  expect(reply).toEqual({ status: 200, body: { ticketID: 7, severity: 2 } });
  expect(bruin.calls[0]).toMatchObject({ method: "GET", url: "/api/Ticket/basic?TicketID=7" });
});

test.each([{ responses: [] }, { responses: null }, null])("%j is a 404 with an empty object", async (body) => {
  const bruin = await scriptedBruin({ body });
  expect(await getSingleTicket(bruin.client)({ ticket_id: 7 }, requestContext())).toEqual({ status: 404, body: {} });
});

test("a refusal passes", async () => {
  const bruin = await scriptedBruin({ status: 403, body: { message: "no" } });
  const reply = await getSingleTicket(bruin.client)({ ticket_id: 7 }, requestContext());
  expect(reply).toEqual({ status: 403, body: { message: "no" } });
});
