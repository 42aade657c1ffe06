import { expect, test } from "vitest";
import {
  appendTicketNotes,
  createOutageTicket,
  getCircuit,
  getDetailIds,
  getManagementStatus,
  getSerialNumber,
  getTaskHistory,
  getTicketDetails,
  getTicketOverview,
  getTicketsBasic,
  unpauseTicketDetail,
} from "./index.ts";

test("a ticket's odd values become null and do not hide the other tickets", () => {
  const tickets = getTicketsBasic.reply.parse([
    { ticketID: 7001002, severity: "2", createdBy: 17, address: "1 Elm St", extra: true },
    { ticketID: "7001003", ticketStatus: "In-Progress" },
  ]);
  expect(tickets).toMatchObject([
    { ticketID: 7001002, severity: 2, createdBy: null, address: null, extra: true },
    { ticketID: 7001003, ticketStatus: "In-Progress", severity: null, clientID: null },
  ]);
});

test("a ticket without details or notes has empty lists of them", () => {
  expect(getTicketDetails.reply.parse({ ticketDetails: null })).toEqual({ ticketDetails: [], ticketNotes: [] });
});

test("filters that the contract does not name pass, objects among them do not", () => {
  const statuses = { ticket_statuses: ["New"] };
  expect(getTicketsBasic.body.parse({ ...statuses, site_ids: [1, 2] })).toEqual({ ...statuses, site_ids: [1, 2] });
  expect(getTicketsBasic.body.safeParse({ ...statuses, site: { id: 1 } }).success).toBe(false);
});

const item = { ticketId: 7001004, wtn: "VC0000001", errorCode: null };

test.each([
  ["items", { items: [item] }],
  ["assets", { assets: [item] }],
  ["items behind an empty list of assets", { assets: [], items: [item] }],
])("an outage ticket's answer lists its %s as items", (_, answer) => {
  expect(createOutageTicket.reply.parse(answer)).toMatchObject({ message: null, items: [item] });
});

test("the short answer to an outage ticket is its number", () => {
  expect(createOutageTicket.reply.parse(7001004)).toBe(7001004);
});

test("a client's id stays a text where a text was sent", () => {
  const body = { client_id: "41001", service_number: "VC0000001" };
  expect(createOutageTicket.body.parse(body)).toEqual(body);
});

test.each([
  [{ ticket_id: 1, service_number: "VC0000001" }, true],
  [{ ticket_id: "1", detail_id: 2 }, true],
  [{ ticket_id: 1 }, false],
  [{ ticket_id: 1, service_number: "", detail_id: 0 }, false],
  [{ ticket_id: 0, detail_id: 2 }, false],
])("a pause ends for a ticket and a detail named one way or the other: %j", (body, valid) => {
  expect(unpauseTicketDetail.body.safeParse(body).success).toBe(valid);
});

test.each([
  [
    [8802, "8803"],
    [8802, 8803],
  ],
  [{ detailIds: [8802] }, [8802]],
])("details of interfaces are a list, also where Bruin wraps it: %j", (answer, ids) => {
  expect(getDetailIds.reply.parse(answer)).toEqual(ids);
});

test("a column that Bruin leaves out of the history stays out", () => {
  const row = { CallTicketID: 7001002, Asset: "VC0000001", Notes: null };
  expect(getTaskHistory.reply.parse([row])).toEqual([row]);
});

test.each([
  [{ text: "hello", service_number: "VC0000001" }, true],
  [{ text: "hello", detail_id: 8801, is_private: true }, true],
  [{ text: "hello" }, false],
  [{ service_number: "VC0000001" }, false],
])("a note names its line one way or the other: %j", (note, valid) => {
  expect(appendTicketNotes.body.safeParse({ ticket_id: 1, notes: [note] }).success).toBe(valid);
});

test("an overview is a ticket, or an empty list", () => {
  expect(getTicketOverview.reply.parse([])).toEqual([]);
  expect(getTicketOverview.reply.parse({ ticketID: 7001002, severity: "2" })).toMatchObject({ severity: 2 });
});

test("a serial number or management status that is something else is none", () => {
  expect(getSerialNumber.reply.parse({ inventoryId: 1 })).toBeNull();
  expect(getManagementStatus.reply.parse("Pending")).toBe("Pending");
});

test("a circuit is known, or a text says that it is not", () => {
  expect(getCircuit.reply.parse("204 No Content")).toBe("204 No Content");
  expect(getCircuit.reply.parse({ clientID: "41001", wtn: "5550009" })).toMatchObject({ clientID: 41001 });
});
