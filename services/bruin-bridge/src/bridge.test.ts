import {
  appendTicketNote,
  appendTicketNotes,
  type BodyOf,
  changeTicketSeverity,
  changeTicketWork,
  closeTicket,
  createOutageTicket,
  createTicket,
  getAssetTopics,
  getCircuit,
  getCustomerByPhoneNumber,
  getCustomerInfo,
  getDetailIds,
  getInventoryAttributes,
  getManagementStatus,
  getNextResults,
  getSerialNumber,
  getSingleTicketBasic,
  getSite,
  getTaskHistory,
  getTicketContacts,
  getTicketDetails,
  getTicketOverview,
  getTickets,
  getTicketsBasic,
  linkTicketToEmail,
  markEmailDone,
  openTicketDetail,
  type RequestContract,
  replyToEmail,
  resolveTicketDetail,
  sendMilestoneEmail,
  setEmailStatus,
  subscribeUser,
  tagEmail,
  unpauseTicketDetail,
} from "@trunkline/contracts";
import type { NewFault } from "@trunkline/sandbox";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { subjects } from "./subjects.ts";
import { malformedRequests } from "./testing/malformed-requests.ts";
import { type RunningBridge, startBridge } from "./testing/running-bridge.ts";
import { freshAsset, freshTicket } from "./testing/world.ts";

let bridge: RunningBridge;

beforeAll(async () => {
  bridge = await startBridge();
});
afterAll(() => bridge.stop());
afterEach(() => bridge.sandbox.faults.removeAll());

let keys = 0;
const newKey = () => `decision-${++keys}`;

function write<C extends RequestContract>(contract: C, body: BodyOf<C>, idempotencyKey = newKey()) {
  return bridge.bus.request(contract, body, { idempotencyKey });
}

test("tickets are listed, found and looked into", async () => {
  const { asset, ticket, detail } = freshTicket(bridge.sandbox.world);
  const { bus } = bridge;
  const filters = { ticket_statuses: ["New", "InProgress"], ticket_topic: "VOO", client_id: asset.customer.id };
  const listed = await bus.request(getTicketsBasic, filters);
  expect(listed.body).toContainEqual(expect.objectContaining({ ticketID: ticket.id, category: "VOO" }));
  expect(await bus.request(getSingleTicketBasic, { ticket_id: String(ticket.id) })).toMatchObject({
    ok: true,
    body: { ticketID: ticket.id, clientID: asset.customer.id },
  });
  expect(await bus.request(getSingleTicketBasic, { ticket_id: 1 })).toMatchObject({ status: 404, body: {} });
  expect(await bus.request(getTicketDetails, { ticket_id: ticket.id })).toMatchObject({
    ok: true,
    body: { ticketDetails: [{ detailID: detail.id, detailValue: asset.serviceNumber }], ticketNotes: [] },
  });
  expect(await bus.request(getTicketDetails, { ticket_id: 1 })).toMatchObject({ ok: false, status: 404 });
});

test("tickets are listed in their long form, and their work is looked into", async () => {
  const { asset, ticket, detail } = freshTicket(bridge.sandbox.world);
  const { bus } = bridge;
  const ticket_id = ticket.id;
  const filters = { client_id: asset.customer.id, ticket_topic: "VOO", ticket_status: ["New", "InProgress"] };
  const long = { ticketID: ticket_id, clientName: asset.customer.name, topic: "VOO", severity: 4 };
  const listed = await bus.request(getTickets, { ...filters, service_number: asset.serviceNumber });
  expect(listed).toMatchObject({ status: 200, body: [long] });
  expect(await bus.request(getTicketOverview, { ticket_id })).toMatchObject({ status: 200, body: long });
  expect(await bus.request(getTicketOverview, { ticket_id: 1 })).toMatchObject({ status: 200, body: [] });
  expect(await bus.request(getTicketOverview, { ticket_id: "x" })).toMatchObject({
    status: 404,
    body: "not ticket id found",
  });
  const names = { ticket_id, detail_id: detail.id, service_number: asset.serviceNumber };
  expect(await bus.request(getNextResults, names)).toMatchObject({
    ok: true,
    body: { currentTaskName: "Intake", nextResults: expect.arrayContaining([expect.anything()]) },
  });
  expect(await bus.request(getTaskHistory, { ticket_id })).toMatchObject({
    ok: true,
    body: [{ CallTicketID: ticket_id, "Ticket Status": "New" }],
  });
  expect(await bus.request(getDetailIds, { ...names, interfaces: ["GE1", "GE2"] })).toMatchObject({
    ok: true,
    body: [],
  });
});

test("what else Bruin knows of an asset is found", async () => {
  const { customer, site, edge, serviceNumber } = freshAsset(bridge.sandbox.world);
  const { bus } = bridge;
  const asset = { client_id: customer.id, status: "A", service_number: serviceNumber };
  expect(await bus.request(getSerialNumber, asset)).toMatchObject({ status: 200, body: serviceNumber });
  expect(await bus.request(getManagementStatus, asset)).toMatchObject({ status: 200, body: edge.managementStatus });
  expect(await bus.request(getAssetTopics, { client_id: customer.id, service_number: serviceNumber })).toMatchObject({
    ok: true,
    body: { callTypes: [{ callType: "REP", category: "VOO" }, { category: "VAS" }] },
  });
  const [link] = edge.links;
  const circuit_id = `CKT-${String(link?.id).padStart(6, "0")}`;
  expect(await bus.request(getCircuit, { circuit_id })).toMatchObject({
    status: 200,
    body: { clientID: customer.id, wtn: link?.serviceNumber },
  });
  expect(await bus.request(getCircuit, { circuit_id: "none" })).toMatchObject({ status: 204, body: "204 No Content" });
  expect(
    await bus.request(getCustomerByPhoneNumber, { did: `+1555${String(site.id).padStart(7, "0")}` }),
  ).toMatchObject({ ok: true, body: { clientId: customer.id } });
});

test("inventory, site and contacts of an asset are found", async () => {
  const { customer, site, serviceNumber } = freshAsset(bridge.sandbox.world);
  const { bus } = bridge;
  expect(await bus.request(getCustomerInfo, { service_number: serviceNumber, status: "A" })).toMatchObject({
    status: 200,
    body: [{ client_id: customer.id, client_name: customer.name, site_id: site.id }],
  });
  expect(await bus.request(getCustomerInfo, { service_number: "VC-UNKNOWN" })).toMatchObject({ status: 200, body: [] });
  const asset = { client_id: customer.id, status: "A", service_number: serviceNumber };
  const attributes = await bus.request(getInventoryAttributes, asset);
  expect(attributes.body).toMatchObject({
    attributes: expect.arrayContaining([{ key: "Serial Number", value: serviceNumber }]),
  });
  expect(await bus.request(getInventoryAttributes, { ...asset, service_number: "none" })).toMatchObject({
    status: 400,
    body: { message: expect.any(String) },
  });
  expect(await bus.request(getSite, { client_id: customer.id, site_id: site.id })).toMatchObject({
    ok: true,
    body: { siteID: site.id, siteLabel: site.label },
  });
  expect(await bus.request(getSite, { client_id: customer.id, site_id: 1 })).toMatchObject({
    status: 404,
    body: `No site information was found for site 1 and client ${customer.id}`,
  });
  const contacts = await bus.request(getTicketContacts, { client_id: customer.id });
  expect(contacts.body).toContainEqual(expect.objectContaining({ email: customer.contacts[0]?.email }));
  expect(await bus.request(getTicketContacts, { client_id: 1 })).toMatchObject({
    status: 404,
    body: "No ticket contacts information was found for client 1",
  });
});

test("an outage ticket is created once, then found", async () => {
  const asset = freshAsset(bridge.sandbox.world);
  const [link] = asset.edge.links;
  const outage = {
    client_id: asset.customer.id,
    service_number: asset.serviceNumber,
    interfaces: [link?.interface ?? ""],
    get_full_response: true,
  };
  const created = await write(createOutageTicket, outage);
  expect(created).toMatchObject({
    ok: true,
    status: 200,
    body: {
      items: [
        { wtn: asset.serviceNumber, errorCode: null },
        { wtn: link?.serviceNumber, errorCode: null },
      ],
    },
  });
  const ticket = bridge.sandbox.world.desk.openTicketOf(asset.serviceNumber);
  const { get_full_response: _, ...short } = outage;
  expect(await write(createOutageTicket, short)).toMatchObject({ ok: false, status: 409, body: ticket?.id });
});

test("a ticket is noted on, ranked, resolved, opened again and mailed about", async () => {
  const { asset, ticket, detail } = freshTicket(bridge.sandbox.world);
  const names = { ticket_id: ticket.id, detail_id: detail.id };
  const note = { ticket_id: ticket.id, note: "#*MetTel's IPA*#\nhello", service_numbers: [asset.serviceNumber] };
  expect(await write(appendTicketNote, note)).toMatchObject({ ok: true, body: { message: "success" } });
  expect(ticket.notes).toMatchObject([{ text: note.note, serviceNumbers: [asset.serviceNumber] }]);
  const severity = { ticket_id: ticket.id, severity: 2, reason: "edge offline" };
  expect(await write(changeTicketSeverity, severity)).toMatchObject({ body: { TicketId: ticket.id, Result: true } });
  expect(ticket.severity).toBe(2);
  expect(await write(unpauseTicketDetail, names)).toMatchObject({ status: 200 });
  expect(await write(resolveTicketDetail, names)).toMatchObject({ status: 200 });
  expect(detail.status).toBe("R");
  expect(await write(openTicketDetail, names)).toMatchObject({ status: 200 });
  expect(detail.status).toBe("I");
  const milestone = {
    ticket_id: ticket.id,
    service_number: asset.serviceNumber,
    notification_type: "TicketBYOBOutageRepairReminder-E-Mail",
  };
  expect(await write(sendMilestoneEmail, milestone)).toMatchObject({ body: { eventId: expect.any(Number) } });
});

test("a ticket is opened, noted on line by line, moved, followed and closed", async () => {
  const { asset } = freshTicket(bridge.sandbox.world);
  const created = await write(createTicket, {
    clientId: asset.customer.id,
    category: "VAS",
    services: [{ serviceNumber: asset.serviceNumber }],
    contacts: [{ email: "ops@example.net", name: "Ops", type: "ticket" }],
  });
  const ticket_id = created.ok ? (created.body.ticketIds[0] ?? 0) : 0;
  const ticket = bridge.sandbox.world.desk.ticket(ticket_id);
  expect(ticket).toMatchObject({ topic: "VAS", status: "New" });
  const notes = [{ text: "hello", service_number: asset.serviceNumber, is_private: true }];
  expect(await write(appendTicketNotes, { ticket_id, notes })).toMatchObject({
    ok: true,
    body: [{ noteType: "CON", noteValue: "hello" }],
  });
  const move = { ticket_id, service_number: asset.serviceNumber, queue_name: "HNOC Investigate" };
  expect(await write(changeTicketWork, move)).toMatchObject({ ok: true, body: { message: "success" } });
  expect(ticket.details[0]?.task).toBe("HNOC Investigate");
  expect(await write(changeTicketWork, move)).toMatchObject({
    status: 400,
    body: `Ticket ${ticket_id} is already in the queue HNOC Investigate`,
  });
  const subscription = { ticket_id, subscription_type: "NotesAndMilestones" };
  const user_email = asset.customer.contacts[0]?.email ?? "";
  expect(await write(subscribeUser, { ...subscription, user_email })).toMatchObject({ status: 200, body: "OK" });
  expect(await write(subscribeUser, { ...subscription, user_email: "a@b.example" })).toMatchObject({
    status: 403,
    body: { message: expect.any(String) },
  });
  expect(await write(closeTicket, { ticket_id, close_note: "done" })).toMatchObject({ status: 200, body: "closed" });
  expect(ticket.status).toBe("Closed");
});

test("a customer's e-mail is tagged, linked, answered and dealt with", async () => {
  const { ticket } = freshTicket(bridge.sandbox.world);
  const { emailCenter, messages } = bridge.sandbox.world;
  const question = { from: "dana@acme-foods.example", subject: "Line down", body: "Please help" };
  const { id: email_id } = emailCenter.receive({ clientId: ticket.customer.id, ...question });
  expect(await write(tagEmail, { email_id, tag_id: 3 })).toMatchObject({ status: 204, body: "" });
  expect(await write(tagEmail, { email_id, tag_id: 3 })).toMatchObject({
    status: 409,
    body: `Tag with ID 3 already present in e-mail with ID ${email_id}`,
  });
  expect(await write(linkTicketToEmail, { email_id, ticket_id: ticket.id })).toMatchObject({
    status: 200,
    body: { success: true, totalEmailAffected: 1 },
  });
  expect(await write(setEmailStatus, { email_id, email_status: "AIQ" })).toMatchObject({ body: { success: true } });
  expect(await write(replyToEmail, { parent_email_id: email_id, reply_body: "<p>hi</p>" })).toMatchObject({
    ok: true,
    body: { emailId: expect.any(Number) },
  });
  expect(messages.list("email").at(-1)).toMatchObject({ to: question.from, html: "<p>hi</p>" });
  expect(await write(markEmailDone, { email_id: String(email_id) })).toMatchObject({ status: 200 });
  const resolution = `Mark as done by ${bridge.sandbox.world.desk.apiUser}`;
  expect(emailCenter.email(email_id)).toMatchObject({ status: "Done", resolution });
  expect(await write(markEmailDone, { email_id: 1 })).toMatchObject({ status: 404, body: "Resource not found" });
  expect(await write(setEmailStatus, { email_id: 1, email_status: "New" })).toMatchObject({
    status: 404,
    body: { code: 404 },
  });
});

test("every subject is told about malformed requests", () => {
  const told = new Set(malformedRequests.map(({ contract }) => contract.subject));
  expect([...told].sort()).toEqual(subjects.map(({ contract }) => contract.subject).sort());
});

test.each(malformedRequests.map((each) => ({ subject: each.contract.subject, ...each })))(
  "$subject refuses $body with 400: $complaint",
  async ({ contract, body, complaint }) => {
    const reply = await bridge.bus.request(contract, body, { idempotencyKey: newKey() });
    expect(reply).toEqual({ ok: false, status: 400, body: complaint, withheld: false });
  },
);

test("a session that ends costs nothing but a login", async () => {
  const { ticket } = freshTicket(bridge.sandbox.world);
  bridge.sandbox.faults.add({ system: "bruin", kind: "expired-session", times: 1 });
  expect(await bridge.bus.request(getTicketDetails, { ticket_id: ticket.id })).toMatchObject({ ok: true });
});

test.each<[Omit<NewFault, "system">, number, unknown]>([
  [{ kind: "401" }, 401, "Got 401 from Bruin"],
  [{ kind: "404" }, 404, "Resource not found"],
  [{ kind: "403" }, 403, expect.objectContaining({ message: "Forbidden" })],
  [{ kind: "429" }, 429, expect.objectContaining({ message: "Too many requests" })],
  [{ kind: "500" }, 500, "Got internal error from Bruin"],
  [{ kind: "503" }, 500, "Got internal error from Bruin"],
  [{ kind: "garbage" }, 500, expect.stringMatching(/not-json/)],
  [{ kind: "html" }, 500, expect.stringMatching(/not-json/)],
  [{ kind: "truncated" }, 500, expect.stringMatching(/truncated/)],
  [{ kind: "hang-up" }, 500, expect.stringMatching(/reset/)],
])("while Bruin does %j, a read is answered with %i, and works again after", async (fault, status, body) => {
  const { ticket } = freshTicket(bridge.sandbox.world);
  const { bus, sandbox } = bridge;
  sandbox.faults.add({ ...fault, system: "bruin", host: "api.bruin.example.net" });
  expect(await bus.request(getTicketDetails, { ticket_id: ticket.id })).toMatchObject({ ok: false, status, body });
  sandbox.faults.removeAll();
  expect(await bus.request(getTicketDetails, { ticket_id: ticket.id })).toMatchObject({ ok: true });
});

test("calls are counted for the dashboards, the token's too", async () => {
  const response = await fetch(`http://127.0.0.1:${bridge.running.metricsPort}/metrics`);
  const text = await response.text();
  expect(text).toMatch(/bruin_api_usage_total\{.*endpoint_="\/identity\/connect\/token".*\} \d/);
  expect(text).toMatch(
    /bruin_api_usage_total\{.*endpoint_="\/api\/Ticket\/\{id\}\/details".*response_status="200".*\}/,
  );
});

test("the bridge is ready once it has signed in", async () => {
  const response = await fetch(`http://127.0.0.1:${bridge.running.healthPort}/_ready`);
  expect(response.status).toBe(200);
});
