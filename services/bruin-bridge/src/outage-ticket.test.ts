import { expect, test } from "vitest";
import { openOutageTicket, repairPayload, shortForm } from "./outage-ticket.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const outage = { client_id: "41001", service_number: "VC0000001" };
const item = (ticketId: number, errorCode: number | null) => ({ ticketId, wtn: "VC0000001", errorCode });

test.each([
  [{ assets: [item(7, null)] }, 200, 7],
  [{ assets: [item(7, 0)] }, 200, 7],
  [{ items: [item(7, 409)] }, 409, 7],
  [{ assets: [item(7, 471)] }, 471, 7],
  [{ assets: [item(7, 472), item(7, null)] }, 472, 7],
  [{ assets: [], items: [item(7, 473)] }, 473, 7],
  [{ assets: [item(7, 500)] }, 200, 7],
  [
    { assets: [item(0, 409)] },
    503,
    "Bruin reported a ticket ID = 0 after SO ticket creation for device VC0000001. This functionality might be temporarily unavailable.",
  ],
  [{ assets: [], items: null }, 500, "Bruin answered the creation of an SO ticket without any asset"],
  ["odd", 500, "Bruin answered the creation of an SO ticket without any asset"],
])("%j is in short %i", (body, status, short) => {
  expect(shortForm({ status: 200, body }, outage)).toEqual({ status, body: short });
});

test("one asset, its contact and the links that are down reach Bruin in its own spelling", () => {
  const contact = { email: "ops@example.net" };
  expect(repairPayload({ ...outage, ticket_contact: contact, interfaces: ["GE1"] })).toEqual({
    ClientID: "41001",
    WTNs: ["VC0000001"],
    RequestDescription: "MetTel's IPA -- Service Outage Trouble",
    ticketContact: contact,
    WtnInterfaces: { VC0000001: ["GE1"] },
  });
});

test("several assets without links or a contact", () => {
  expect(repairPayload({ client_id: 41001, service_number: ["VC1", "VC2"], interfaces: [] })).toEqual({
    ClientID: 41001,
    WTNs: ["VC1", "VC2"],
    RequestDescription: "MetTel's IPA -- Service Outage Trouble",
  });
});

test("the full response passes as it is", async () => {
  const body = { message: null, items: [item(0, null)] };
  const bruin = await scriptedBruin({ body });
  const reply = await openOutageTicket(bruin.client)({ ...outage, get_full_response: true }, requestContext());
  expect(reply).toEqual({ status: 200, body });
  expect(bruin.calls).toMatchObject([{ method: "POST", url: "/api/Ticket/repair", body: repairPayload(outage) }]);
});

test("the short response is the first asset's outcome", async () => {
  const bruin = await scriptedBruin({ body: { assets: [item(7, 471)] } });
  expect(await openOutageTicket(bruin.client)(outage, requestContext())).toEqual({ status: 471, body: 7 });
});

test.each([
  [403, /^Permissions to create a new outage ticket with payload {.*"WTNs":\["VC0000001"\].*} were not granted$/],
  [404, /^Check mistypings in URL: http:.*\/api\/Ticket\/repair$/],
])("a %i has a text of its own", async (status, body) => {
  const bruin = await scriptedBruin({ status });
  const reply = await openOutageTicket(bruin.client)(outage, requestContext());
  expect(reply).toEqual({ status, body: expect.stringMatching(body) });
});
