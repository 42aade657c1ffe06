import {
  appendTicketNote,
  type BodyOf,
  changeTicketSeverity,
  createOutageTicket,
  getCustomerInfo,
  getInventoryAttributes,
  getSingleTicketBasic,
  getSite,
  getTicketContacts,
  getTicketDetails,
  getTicketsBasic,
  openTicketDetail,
  type RequestContract,
  resolveTicketDetail,
  sendMilestoneEmail,
  unpauseTicketDetail,
} from "@trunkline/contracts";
import type { NewFault } from "@trunkline/sandbox";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
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

const noBody = null as never;
const body = (value: object) => value as never;
const appendText = 'You must include "ticket_id" and "note" in the "body" field of the response request';
const detailText = "You must include ticket_id and detail_id in the request";
const pauseText = "You must include ticket_id and service_number or detail_id in the request";
const assetText = 'You must specify "client_id", "status", "service_number" in the filter';
const outageText = 'Must specify "client_id" and "service_number" to post an outage ticket';
const clientText = 'You must specify {.."body":{"client_id":...}} in the request';
const milestoneText =
  'You must include "ticket_id", "notification_type" and "service_number" in the "body" field of the response request';

const malformed: [RequestContract, never, string][] = [
  [getTicketsBasic, noBody, 'Must include "body" in the request message'],
  [getTicketsBasic, body({}), 'Must specify "ticket_statuses" in the body of the request'],
  [getSingleTicketBasic, noBody, 'Must include "body" in the request message'],
  [getSingleTicketBasic, body({}), 'Must specify "ticket_id" in the body of the request'],
  [getTicketDetails, noBody, 'Must include "body" in request'],
  [getTicketDetails, body({ ticket_id: null }), "You must include ticket_id in the request"],
  [appendTicketNote, noBody, 'Must include "body" in request'],
  [appendTicketNote, body({ ticket_id: 1 }), appendText],
  [appendTicketNote, body({ note: "x" }), appendText],
  [createOutageTicket, noBody, 'Must include "body" in request'],
  [createOutageTicket, body({ client_id: 1 }), outageText],
  [createOutageTicket, body({ service_number: "VC1" }), outageText],
  [
    createOutageTicket,
    body({ client_id: 1, service_number: null }),
    '"client_id" and "service_number" must have non-null values',
  ],
  [openTicketDetail, noBody, 'Must include "body" in request'],
  [openTicketDetail, body({ ticket_id: 1 }), detailText],
  [openTicketDetail, body({ ticket_id: "", detail_id: 1 }), detailText],
  [resolveTicketDetail, noBody, 'Must include "body" in request'],
  [resolveTicketDetail, body({ detail_id: 1 }), detailText],
  [unpauseTicketDetail, noBody, 'Must include "body" in request'],
  [unpauseTicketDetail, body({ ticket_id: 1 }), pauseText],
  [unpauseTicketDetail, body({ service_number: "VC1" }), pauseText],
  [changeTicketSeverity, noBody, 'Must include "body" in the request message'],
  [
    changeTicketSeverity,
    body({ ticket_id: 1, severity: 2 }),
    'You must specify "ticket_id", "severity" and "reason" in the body',
  ],
  [getCustomerInfo, noBody, 'You must specify {.."body":{"service_number":...}} in the request'],
  [getCustomerInfo, body({}), 'You must specify "service_number" in the body'],
  [
    getInventoryAttributes,
    noBody,
    'You must specify {.."body":{"client_id", "status", "service_number"}...} in the request',
  ],
  [getInventoryAttributes, body({ client_id: 1, service_number: "VC1" }), assetText],
  [getSite, noBody, clientText],
  [getSite, body({ site_id: 1 }), 'You must specify "client_id" in the body'],
  [getSite, body({ client_id: 1 }), 'You must specify "site_id" in the body'],
  [getTicketContacts, noBody, clientText],
  [getTicketContacts, body({}), 'You must specify "client_id" in the body'],
  [
    sendMilestoneEmail,
    noBody,
    'Must include {.."body":{"ticket_id", "notification_type", "service_number"}, in request',
  ],
  [sendMilestoneEmail, body({ ticket_id: 1, service_number: "VC1" }), milestoneText],
];

test.each(malformed.map(([contract, request, text]) => ({ subject: contract.subject, contract, request, text })))(
  "$subject refuses $request with 400: $text",
  async ({ contract, request, text }) => {
    const reply = await bridge.bus.request(contract, request, { idempotencyKey: newKey() });
    expect(reply).toEqual({ ok: false, status: 400, body: text, withheld: false });
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
