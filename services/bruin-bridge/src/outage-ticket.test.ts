import { expect, test } from "vitest";
import { repairPayload, shortForm } from "./outage-ticket.ts";

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
