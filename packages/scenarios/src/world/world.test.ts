import {
  appendTicketNote,
  changeTicketSeverity,
  changeTicketWork,
  closeTicket,
  createOutageTicket,
  getCustomerCache,
  getLinksWithEdgeInfo,
  getSingleTicketBasic,
  getTicketDetails,
  getTicketsBasic,
  openTicketDetail,
  type RequestContract,
  requestEdgeEvents,
  requestNetworkEnterpriseEdges,
  resolveTicketDetail,
} from "@trunkline/contracts";
import { expect, test } from "vitest";
import type { Given } from "../format/given.ts";
import { createWorld } from "./world.ts";

const NOW = new Date("2022-06-03T15:00:00Z");
const TICKET: Given = {
  tickets: {
    1: {
      client: 5,
      created: "3h1m ago",
      severity: 4,
      details: { 11: { value: "VC1" }, 12: { value: "LN-1", task: "Intake" } },
      notes: [{ text: "first", at: "2022-06-03T09:00:00-04:00", on: ["VC1"] }],
    },
  },
};

/** Asks as a service does: what comes back is what the contract makes of it. */
function worldOf(given: Given) {
  const world = createWorld(given, () => NOW);
  const ask = (contract: RequestContract, body: object) => {
    const { status, body: answer } = world.answer(contract, body);
    return status === 200 ? contract.reply.parse(answer) : status;
  };
  return { world, ask };
}

const OPEN = { ticket_statuses: ["New", "InProgress"] };

test("what is written to a ticket is there when it is read again", () => {
  const { ask } = worldOf(TICKET);
  ask(appendTicketNote, { ticket_id: 1, note: "second", service_numbers: ["VC1"] });
  ask(appendTicketNote, { ticket_id: 1, note: "for all" });
  ask(changeTicketSeverity, { ticket_id: 1, severity: 2, reason: "" });
  ask(resolveTicketDetail, { ticket_id: 1, detail_id: 11 });
  ask(changeTicketWork, { ticket_id: 1, service_number: "LN-1", queue_name: "IPA" });
  expect(ask(getTicketDetails, { ticket_id: 1 })).toMatchObject({
    ticketDetails: [
      { detailID: 11, detailValue: "VC1", detailStatus: "R" },
      { detailID: 12, detailStatus: "I", currentTaskName: "IPA" },
    ],
    ticketNotes: [
      { noteValue: "first", serviceNumber: ["VC1"], createdDate: "2022-06-03T09:00:00-04:00" },
      { noteValue: "second", serviceNumber: ["VC1"], createdDate: "2022-06-03T15:00:00.000Z" },
      { noteValue: "for all", serviceNumber: null },
    ],
  });
  expect(ask(getSingleTicketBasic, { ticket_id: 1 })).toMatchObject({ severity: 2 });
  ask(openTicketDetail, { ticket_id: 1, detail_id: 11 });
  expect(ask(getTicketDetails, { ticket_id: 1 })).toMatchObject({ ticketDetails: [{ detailStatus: "I" }, {}] });
});

test("tickets are listed while they are open, by what is asked for", () => {
  const { ask } = worldOf(TICKET);
  const row = { ticketID: 1, clientID: 5, createDate: "6/3/2022 11:59:00 AM", category: "VOO" };
  expect(ask(getTicketsBasic, OPEN)).toMatchObject([row]);
  expect(ask(getTicketsBasic, { ...OPEN, client_id: 5, service_number: "LN-1" })).toMatchObject([row]);
  for (const other of [{ client_id: 6 }, { service_number: "VC2" }, { ticket_topic: "VAS" }, { ticket_statuses: [] }]) {
    expect(ask(getTicketsBasic, { ...OPEN, ...other })).toEqual([]);
  }
  ask(closeTicket, { ticket_id: 1, close_note: "done" });
  expect(ask(getTicketsBasic, OPEN)).toEqual([]);
  expect(ask(getSingleTicketBasic, { ticket_id: 9 })).toBe(404);
});

test("a ticket that Bruin answers with is open from then on", () => {
  const { ask } = worldOf({
    tickets: { 1: { open: false } },
    creation: { ticket: 1, items: [{ VC1: null }, { "LN-1": { code: 409 } }] },
  });
  expect(ask(createOutageTicket, { client_id: 5, service_number: "VC1" })).toMatchObject({
    items: [
      { ticketId: 1, wtn: "VC1", errorCode: null },
      { ticketId: 1, wtn: "LN-1", errorCode: 409 },
    ],
  });
  expect(ask(getTicketsBasic, OPEN)).toMatchObject([{ ticketID: 1 }]);
});

const EDGES: Given = {
  edges: {
    VC1: {
      host: "vco1.example.net",
      pair: { serial: "VC2", state: "READY" },
      lastContact: "2d ago",
      links: { GE1: { state: "DISCONNECTED", type: "WIRED", line: "LN-1" }, GE2: {} },
      events: [
        { event: "LINK_DEAD", at: "10m ago" },
        { event: "EDGE_UP", at: "5m ago" },
        { event: "LINK_DEAD", at: "2d ago" },
      ],
    },
    VC3: { host: "vco2.example.net", cached: false, listed: false },
    VC4: null,
  },
};

test("the network, the pairs and the cache tell of the same edges", () => {
  const { ask } = worldOf(EDGES);
  expect(ask(getLinksWithEdgeInfo, { host: "vco1.example.net" })).toMatchObject([
    { edgeSerialNumber: "VC1", edgeState: "CONNECTED", interface: "GE1", linkState: "DISCONNECTED" },
    { edgeSerialNumber: "VC1", edgeHASerialNumber: "VC2", interface: "GE2", linkState: "STABLE" },
  ]);
  expect(ask(getLinksWithEdgeInfo, { host: "vco2.example.net" })).toMatchObject([
    { edgeSerialNumber: "VC3", interface: null },
  ]);
  const pairs = (host: string) => ask(requestNetworkEnterpriseEdges, { host, enterprise_ids: [] });
  expect(pairs("vco1.example.net")).toMatchObject([{ serialNumber: "VC1", haState: "READY" }]);
  expect(pairs("vco2.example.net")).toEqual([]);
  const cached = { links_configuration: [{ interfaces: ["GE1"], mode: "PUBLIC", type: "WIRED" }] };
  expect(ask(getCustomerCache, { filter: {} })).toMatchObject([
    { serial_number: "VC1", ...cached },
    { serial_number: "VC2", ha_serial_number: "VC1", ...cached },
  ]);
  expect(ask(getCustomerCache, { filter: { "vco2.example.net": [] } })).toEqual([]);
  expect(ask(getCustomerCache, { filter: {}, last_contact_filter: "2022-06-02T15:00:00Z" })).toEqual([]);
});

test("events are those of the time and the kinds asked for, newest first", () => {
  const { ask } = worldOf(EDGES);
  const asked = {
    edge: { host: "vco1.example.net", enterprise_id: 1, edge_id: 1 },
    start_date: "2022-06-02T15:00:00Z",
    end_date: "2022-06-03T15:00:00Z",
  };
  expect(ask(requestEdgeEvents, asked)).toMatchObject([{ event: "EDGE_UP", category: "EDGE" }, { event: "LINK_DEAD" }]);
  expect(ask(requestEdgeEvents, { ...asked, filter: ["LINK_DEAD"] })).toHaveLength(1);
});

test("scripted replies come before the world's", () => {
  const { world, ask } = worldOf({ ...TICKET, replies: { [getTicketDetails.subject]: [503, { body: {} }] } });
  expect(ask(getTicketDetails, { ticket_id: 1 })).toBe(503);
  expect(ask(getTicketDetails, { ticket_id: 1 })).toMatchObject({ ticketDetails: [] });
  expect(ask(getTicketDetails, { ticket_id: 1 })).toMatchObject({ ticketDetails: [{}, {}] });
  world.change({ replies: { [getTicketDetails.subject]: 500 } });
  expect(ask(getTicketDetails, { ticket_id: 1 })).toBe(500);
  world.change({ replies: { [getTicketDetails.subject]: null } });
  expect(ask(getTicketDetails, { ticket_id: 1 })).toMatchObject({ ticketDetails: [{}, {}] });
});
