import { expect, test } from "vitest";
import { findOpenedTickets, openTicket } from "./create-ticket.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const ticket = {
  clientId: 41001,
  category: "VAS",
  services: [{ serviceNumber: "VC1" }],
  contacts: [{ email: "ops@example.com", name: "Ops", phone: "5550100", type: "ticket" }],
  notes: [],
};
const firstAttemptAt = new Date("2022-01-21T16:02:00Z");
const recovering = () => ({ ...requestContext(), firstAttemptAt });
const ours = { ticketID: 7, createdBy: "Trunkline", createDate: "1/21/2022 4:02:30 PM" };
const listOf = (...responses: unknown[]) => ({ body: { total: responses.length, responses } });

test("a ticket reaches Bruin as it was sent, and the reply is its number", async () => {
  const bruin = await scriptedBruin({ body: { ticketIds: [7], more: true } });
  const reply = await openTicket(bruin.client)(ticket, requestContext());
  expect(reply).toEqual({ status: 200, body: { ticketIds: [7] } });
  expect(bruin.calls).toMatchObject([{ method: "POST", url: "/api/Ticket/", body: ticket }]);
});

test.each([null, {}, { ticketIds: [] }, { ticketIds: null }])("%j names no ticket", async (body) => {
  const bruin = await scriptedBruin({ body });
  expect(await openTicket(bruin.client)(ticket, requestContext())).toEqual({
    status: 500,
    body: "Bruin answered the creation of a ticket without its number",
  });
});

test("our own tickets of the services since the first attempt were opened by it", async () => {
  const bruin = await scriptedBruin(listOf({ ...ours, ticketID: 9 }, ours), listOf({ ...ours, ticketID: 8 }, ours));
  const services = [{ serviceNumber: "VC1" }, { serviceNumber: "VC2" }];
  const reply = await findOpenedTickets(bruin.client, "Trunkline")({ ...ticket, services }, recovering());
  expect(reply).toEqual({ status: 200, body: { ticketIds: [7, 8, 9] } });
  expect(bruin.calls[0]?.url).toMatch(/^\/api\/Ticket\/basic\?ClientId=41001&TicketTopic=VAS&ServiceNumber=VC1&/);
});

test.each([
  ["no ticket", []],
  ["another's ticket", [{ ...ours, createdBy: "Somebody" }]],
  ["an older ticket of ours", [{ ...ours, createDate: "1/21/2022 3:02:30 PM" }]],
])("with %s, one is opened", async (_, tickets) => {
  const bruin = await scriptedBruin(listOf(...tickets));
  expect(await findOpenedTickets(bruin.client, "Trunkline")(ticket, recovering())).toBeUndefined();
});

test("while the list fails, the question stays open", async () => {
  const bruin = await scriptedBruin({ status: 500 });
  expect(await findOpenedTickets(bruin.client, "Trunkline")(ticket, recovering())).toMatchObject({ status: 500 });
});
