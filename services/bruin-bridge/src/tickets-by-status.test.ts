import { expect, test } from "vitest";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";
import { joined, listTicketsByStatus } from "./tickets-by-status.ts";

const filters = { client_id: 41001, ticket_topic: "VAS", ticket_status: ["New", "InProgress", "New"] };
const listOf = (...responses: unknown[]) => ({ status: 200, body: { responses } });

test("Bruin is asked for each status once, with what narrows the list", async () => {
  const bruin = await scriptedBruin({ body: { responses: [{ ticketID: 7 }] } });
  const reply = await listTicketsByStatus(bruin.client)(
    {
      ...filters,
      category: "SD-WAN",
      ticket_id: "7",
      service_number: "VC1",
      start_date: "2022-01-01T00:00:00Z",
      end_date: "2022-01-08T00:00:00Z",
    },
    requestContext(),
  );
  expect(reply).toEqual({ status: 200, body: [{ ticketID: 7 }] });
  const query =
    "ClientId=41001&TicketTopic=VAS&ProductCategory=SD-WAN&TicketId=7&ServiceNumber=VC1" +
    "&StartDate=2022-01-01T00%3A00%3A00Z&EndDate=2022-01-08T00%3A00%3A00Z";
  expect(bruin.calls.map(({ url }) => url).sort()).toEqual([
    `/api/Ticket?${query}&TicketStatus=InProgress`,
    `/api/Ticket?${query}&TicketStatus=New`,
  ]);
});

test("one date alone is no interval, and nothing else that is empty narrows the list", async () => {
  const bruin = await scriptedBruin({ body: { responses: [] } });
  const wanted = { ...filters, ticket_status: ["New"], category: "", service_number: null, start_date: "2022-01-01" };
  await listTicketsByStatus(bruin.client)(wanted, requestContext());
  expect(bruin.calls.map(({ url }) => url)).toEqual(["/api/Ticket?ClientId=41001&TicketTopic=VAS&TicketStatus=New"]);
});

test("without a status there is nothing to ask", async () => {
  const bruin = await scriptedBruin({ status: 500 });
  const reply = await listTicketsByStatus(bruin.client)({ ...filters, ticket_status: [] }, requestContext());
  expect(reply).toEqual({ status: 200, body: [] });
  expect(bruin.calls).toEqual([]);
});

const [one, two, newerTwo] = [{ ticketID: 1 }, { ticketID: 2 }, { ticketID: 2, severity: "2" }];
const notFound = { status: 404, body: "Resource not found" };
const refused = { status: 400, body: { message: "no" } };
const broken = { status: 500, body: "Got internal error from Bruin" };
const busy = { status: 429, body: "wait" };
const locked = { status: 401, body: "Got 401 from Bruin" };

test.each([
  ["lists", [listOf(one, two), listOf(newerTwo)], { status: 200, body: [one, newerTwo] }],
  ["an unknown one among lists", [listOf(one), notFound, listOf(two)], { status: 200, body: [one, two] }],
  ["an answer without a list", [listOf(one), { status: 200, body: null }], { status: 200, body: [one] }],
  ["refusals alone", [refused, notFound], refused],
  ["a failure among lists", [listOf(one), broken, listOf(two)], broken],
  ["a failure behind a refusal", [refused, broken], broken],
  ["a login that is not taken", [listOf(one), locked], locked],
  ["a busy Bruin", [listOf(one), busy], busy],
  ["nothing", [], { status: 200, body: [] }],
])("of %s becomes one reply", (_, replies, reply) => {
  expect(joined(replies)).toEqual(reply);
});
