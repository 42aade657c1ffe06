import { expect, test } from "vitest";
import { listTickets } from "./basic-tickets.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const page = (total: number, ...ids: number[]) => ({
  body: { total, start: 0, currentPageSize: ids.length, responses: ids.map((ticketID) => ({ ticketID })) },
});
const listed = (...ids: number[]) => ({ status: 200, body: ids.map((ticketID) => ({ ticketID })) });
const wanted = { ticket_statuses: ["New", "InProgress"], client_id: 41001, site_id: null };

test("all pages come in one list, asked for as Bruin spells it", async () => {
  const bruin = await scriptedBruin(page(3, 1, 2), page(3, 3));
  const reply = await listTickets(bruin.client)({ ...wanted, page_size: 2 }, requestContext());
  expect(reply).toEqual(listed(1, 2, 3));
  expect(bruin.calls.map(({ url }) => url)).toEqual([
    "/api/Ticket/basic?ClientId=41001&TicketStatus=New&TicketStatus=InProgress&PageSize=2&PageNumber=1",
    "/api/Ticket/basic?ClientId=41001&TicketStatus=New&TicketStatus=InProgress&PageSize=2&PageNumber=2",
  ]);
});

test("a ticket that moves to the next page meanwhile is listed once", async () => {
  const bruin = await scriptedBruin(page(4, 1, 2), page(4, 2, 3));
  expect(await listTickets(bruin.client)(wanted, requestContext())).toEqual(listed(1, 2, 3));
});

test("a list that grows meanwhile is read to its end", async () => {
  const bruin = await scriptedBruin(page(2, 1), page(3, 2), page(3, 3));
  expect(await listTickets(bruin.client)(wanted, requestContext())).toEqual(listed(1, 2, 3));
});

test.each([
  ["an empty page", page(5)],
  ["the same page again", page(5, 1)],
])("%s ends a list whose total is never reached", async (_, last) => {
  const bruin = await scriptedBruin(page(5, 1), last);
  expect(await listTickets(bruin.client)(wanted, requestContext())).toEqual(listed(1));
  expect(bruin.calls).toHaveLength(2);
});

test.each([{ responses: null, total: 0 }, null, []])("%j is an empty list", async (body) => {
  const bruin = await scriptedBruin({ body });
  expect(await listTickets(bruin.client)(wanted, requestContext())).toEqual(listed());
});

test("a page that fails is asked for again", async () => {
  const bruin = await scriptedBruin({ status: 500 }, page(1, 1));
  expect(await listTickets(bruin.client)(wanted, requestContext())).toEqual(listed(1));
});

test("a page that keeps failing fails the list: a part of it would be taken for the whole", async () => {
  const bruin = await scriptedBruin(page(3, 1), { status: 503 });
  const reply = await listTickets(bruin.client)(wanted, requestContext());
  expect(reply).toEqual({ status: 500, body: "Got internal error from Bruin" });
  expect(bruin.calls).toHaveLength(4);
});

test("a refused filter is not tried again", async () => {
  const bruin = await scriptedBruin({ status: 400, body: { message: "bad" } });
  expect(await listTickets(bruin.client)(wanted, requestContext())).toEqual({ status: 400, body: { message: "bad" } });
  expect(bruin.calls).toHaveLength(1);
});
