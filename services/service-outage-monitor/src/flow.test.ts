import {
  type AcmeState,
  cachedAcme,
  DOWN,
  acmeDetails as details,
  HOST,
  acmeNote as note,
  startTestBrokers,
  type TestBrokers,
  triageText,
} from "@trunkline/testkit";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ticket } from "./testing/acme.ts";
import { type Flow, type FlowOptions, openStage, type Script, type Stage } from "./testing/flow.ts";

// The numbers are those of the worked examples that the behaviour of the existing fleet is known by.

let brokers: TestBrokers;
let stage: Stage;
let flow: Flow;

beforeAll(async () => {
  brokers = await startTestBrokers();
  stage = await openStage(brokers);
});
afterEach(() => flow.stop());
afterAll(async () => {
  await stage.stop();
  await brokers.stop();
});

const QUARANTINE_SECONDS = 180;
const PLACE = "Acme Foods, edge ACME-0007 (VC100) on vco2.example.net";
const LINES = [
  { wtn: "LN-1", errorCode: null },
  { wtn: "LN-2", errorCode: null },
];
const GE1_DOWN: AcmeState = { GE1: DOWN };
const OFFLINE: AcmeState = { edge: "OFFLINE", GE1: DOWN, GE2: DOWN };

async function begin(script: Partial<Script>, options?: FlowOptions): Promise<void> {
  flow = await stage.begin(script, options);
}

/** A pass sees the outage, then its quarantine runs out. */
async function passAndRecheck(): Promise<void> {
  await flow.pass();
  expect(flow.effects).toEqual([]);
  await flow.advance(QUARANTINE_SECONDS);
}

async function counted(name: string): Promise<string[]> {
  const text = await flow.metrics.getSingleMetricAsString(name);
  return text.split("\n").filter((line) => line.startsWith(`${name}{`));
}

/** The effects of an outage of GE1 alone that gets a new ticket. */
const CREATED = [
  "create VC100 of 501 [GE1]",
  `slack: *Link Down (no HA)*: ticket 9001 created for ${PLACE}.`,
  "note 9001 [VC100] Triage (VeloCloud)",
  "severity 9001 3 Edge Status: Online, Interface GE1 Status: Disconnected",
  `slack: Severity of ticket 9001 changed from 4 to 3 for ${PLACE}: Link Down (no HA).`,
];
const LOWERED = CREATED.slice(-2);
/** What follows for the line of GE1 when Bruin names it. */
const MOVED_LINE = "move 9001/12 to IPA Investigate";
const REOPENING_NOTE = "note 9001 [VC100] Re-opening ticket.";

describe("a pass", () => {
  it("A1: does nothing about a healthy edge without a ticket", async () => {
    await begin({});
    await flow.pass();
    expect(flow.effects).toEqual([]);
    expect(flow.reads).toEqual([
      "customer.cache.get",
      "get.links.with.edge.info",
      "request.network.enterprise.edges",
      "bruin.ticket.basic.request",
    ]);
  });

  it("A2: leaves an edge that is down in quarantine for its time", async () => {
    await begin({ state: { edge: "OFFLINE" } });
    await flow.pass();
    expect(flow.reads).not.toContain("bruin.ticket.basic.request");
    await flow.advance(QUARANTINE_SECONDS - 1);
    expect(flow.effects).toEqual([]);
    await flow.advance(1);
    expect(flow.effects[0]).toBe("create VC100 of 501 []");
  });

  it("keeps the first time of an outage that several passes see", async () => {
    await begin({ state: GE1_DOWN });
    await flow.pass();
    await flow.advance(QUARANTINE_SECONDS - 60);
    await flow.pass();
    await flow.advance(60);
    expect(flow.effects).toEqual(CREATED);
  });

  it("A26: opens a ticket for a link of business grade at once", async () => {
    await begin(
      { state: { GE1: { ...DOWN, displayName: "Acme DIA 50" } } },
      { env: { MONITORING__BUSINESS_GRADE_HOSTS: JSON.stringify([HOST]) } },
    );
    await flow.pass();
    expect(flow.effects).toEqual(CREATED);
  });

  it.each([
    ["A35: an edge that is not among the pairs", { cached: { serial_number: "VC900" } }],
    ["A36: an edge that was never activated", { state: { ...OFFLINE, edge: "NEVER_ACTIVATED" } }],
  ])("does not monitor %s", async (_, script) => {
    await begin(script);
    await flow.pass();
    await flow.advance(QUARANTINE_SECONDS);
    expect(flow.effects).toEqual([]);
  });

  it("leaves blacklisted edges alone", async () => {
    const blacklist = JSON.stringify([{ host: HOST, enterprise_id: 7, edge_id: 70 }]);
    await begin({ state: OFFLINE }, { env: { MONITORING__BLACKLISTED_EDGES: blacklist } });
    await flow.pass();
    await flow.advance(QUARANTINE_SECONDS);
    expect(flow.effects).toEqual([]);
  });

  it.each([
    ["A47: the cache is being built", "customer.cache.get", 202, 1, "not watched yet"],
    ["A50: the links cannot be read", "get.links.with.edge.info", 500, 2, "blind on vco2.example.net"],
    ["the pairs cannot be read", "request.network.enterprise.edges", 503, 3, "blind on vco2.example.net"],
  ])("ends when %s, and says so once while that lasts", async (_, ...[subject, status, reads, words]) => {
    await begin({ state: OFFLINE, failing: { [subject]: status } });
    await flow.pass();
    expect(flow.reads).toHaveLength(reads);
    await flow.pass();
    await flow.advance(QUARANTINE_SECONDS);
    const told = expect.stringContaining(words);
    expect(flow.effects).toEqual([told]);
    flow.script.failing = {};
    await flow.pass();
    await flow.advance(1);
    flow.script.failing = { [subject]: status };
    await flow.pass();
    expect(flow.effects).toEqual([told, told]);
  });
});

describe("an outage that outlasts its quarantine", () => {
  it("A3: of the whole edge gets a ticket of severity 2", async () => {
    await begin({ state: OFFLINE, items: [{ wtn: "VC100", errorCode: null }, ...LINES] });
    await passAndRecheck();
    expect(flow.effects).toEqual([
      "create VC100 of 501 [GE1, GE2]",
      `slack: *Hard Down (no HA)*: ticket 9001 created for ${PLACE}.`,
      "note 9001 [VC100] Triage (VeloCloud)",
      "severity 9001 2 Edge Status: Offline",
      `slack: Severity of ticket 9001 changed from 4 to 2 for ${PLACE}: Hard Down (no HA).`,
      "mail 9001 VC100 TicketServiceAffectingRepairVelo_E-Mail",
      "reboot VC100 00:27:04:9f for 9001",
      `slack: DiGi modem on GE2 rebooted for ${PLACE}.`,
      "note 9001 [VC100] Offline DiGi interface identified for serial: VC100",
      MOVED_LINE,
      "move 9001/13 to IPA Investigate",
    ]);
    expect(flow.forwards).toEqual(["9001-VC100-HNOC +1", "9001-VC100-12-WORKER +1", "9001-VC100-13-WORKER +1"]);
    expect(await counted("tasks_created_total")).toEqual([
      expect.stringMatching(/client="Acme Foods".*severity="2",has_digi="True",has_byob="False",link_types="Both"} 1$/),
    ]);
  });

  it("A4: of a link gets a ticket of severity 3", async () => {
    await begin({ state: GE1_DOWN, items: [{ wtn: "VC100", errorCode: null }, ...LINES.slice(0, 1)] });
    await passAndRecheck();
    expect(flow.effects).toEqual([...CREATED, MOVED_LINE]);
    expect(flow.forwards).toEqual(["9001-VC100-HNOC +90", "9001-VC100-12-WORKER +90"]);
  });

  it("A5: by night waits longer for people, and for workers until the morning", async () => {
    await begin({ state: GE1_DOWN, items: [{ wtn: "VC100", errorCode: null }, ...LINES.slice(0, 1)] });
    flow.clock.set(new Date("2022-06-03T07:27:00Z"));
    await passAndRecheck();
    expect(flow.forwards).toEqual(["9001-VC100-HNOC +180", "9001-VC100-12-WORKER +330"]);
  });

  it("A10: is left at its severity while other details of its ticket are open", async () => {
    await begin({ state: GE1_DOWN, items: [{ wtn: "VC100", errorCode: 409 }] });
    await passAndRecheck();
    expect(flow.effects).toEqual(["create VC100 of 501 [GE1]"]);
    expect(flow.reads.slice(-1)).toEqual(["bruin.ticket.details.request"]);
    expect(flow.forwards).toEqual(["9001-VC100-HNOC +90"]);
  });

  it("A57: is forwarded at the time that was set first, however many passes see it", async () => {
    await begin({ state: GE1_DOWN, items: [{ wtn: "VC100", errorCode: 409 }] });
    await passAndRecheck();
    await flow.pass();
    await flow.advance(QUARANTINE_SECONDS);
    expect(flow.forwards).toEqual(["9001-VC100-HNOC +90"]);
  });

  it.each([
    ["A11: is left at a severity that is right", 3, []],
    ["lowers the severity of its open ticket when it is the only one", 2, ["from 2 to 3"]],
  ])("%s", async (_, severity, changes) => {
    const others = { 12: { detailStatus: "R" }, 13: { detailStatus: "R" } };
    await begin({ state: GE1_DOWN, items: [{ wtn: "VC100", errorCode: 409 }], details: details(others), severity });
    await passAndRecheck();
    const told = flow.effects.filter((line) => line.startsWith("slack: Severity"));
    expect(told).toEqual(changes.map((change) => expect.stringContaining(change)));
    expect(flow.effects).toHaveLength(1 + 2 * changes.length);
  });

  it("A19: takes a resolved ticket up again that Bruin left resolved", async () => {
    await begin({ state: GE1_DOWN, items: [{ wtn: "VC100", errorCode: 471 }], details: details().slice(0, 1) });
    await passAndRecheck();
    expect(flow.effects).toEqual([
      "create VC100 of 501 [GE1]",
      "open 9001/11",
      `slack: *Link Down (no HA)*: ticket 9001 re-opened for ${PLACE}.`,
      REOPENING_NOTE,
      ...LOWERED,
    ]);
    expect(await counted("tasks_reopened_total")).toHaveLength(1);
  });

  it.each([
    [
      "is refused",
      { failing: { "bruin.ticket.status.open": 400 } },
      ["open 9001/11", expect.stringContaining("slack: Could not re-open")],
    ],
    ["finds no detail", { details: details({ 11: { detailValue: "VC900" } }).slice(0, 1) }, []],
  ])("sets the severity even when the re-opening %s", async (_, script, effects) => {
    await begin({
      state: GE1_DOWN,
      items: [{ wtn: "VC100", errorCode: 471 }],
      details: details().slice(0, 1),
      ...script,
    });
    await passAndRecheck();
    expect(flow.effects).toEqual(["create VC100 of 501 [GE1]", ...effects, ...LOWERED]);
    expect(await counted("tasks_reopened_total")).toEqual([]);
  });

  it.each([
    ["A21: a ticket that Bruin re-opened", 472, "Re-opening ticket."],
    ["A22: a re-opened ticket of the site with a new detail", 473, "Triage (VeloCloud)"],
  ])("documents %s", async (_, errorCode, title) => {
    await begin({ state: GE1_DOWN, items: [{ wtn: "VC100", errorCode }], details: details().slice(0, 1) });
    await passAndRecheck();
    expect(flow.effects).toEqual(["create VC100 of 501 [GE1]", `note 9001 [VC100] ${title}`, ...LOWERED]);
    expect(await counted("tasks_reopened_total")).toHaveLength(1);
    expect(await counted("tasks_created_total")).toHaveLength(0);
  });

  it.each([
    ["A23: has no number", [{ wtn: "VC100", errorCode: null, ticketId: 0 }]],
    ["has no number and the code 0", [{ wtn: "VC100", errorCode: 0, ticketId: 0 }]],
    ["does not cover the edge", LINES],
    ["has an unknown code", [{ wtn: "VC100", errorCode: 499 }]],
  ])("writes nothing about a ticket that %s", async (_, items) => {
    await begin({ state: GE1_DOWN, items });
    await passAndRecheck();
    expect(flow.effects).toEqual(["create VC100 of 501 [GE1]"]);
    expect(flow.reads).not.toContain("bruin.single_ticket.basic.request");
  });

  it.each([
    ["the code 0", [{ wtn: "VC100", errorCode: 0 }]],
    [
      "A56: a line that the cache does not know",
      [
        { wtn: "VC100", errorCode: null },
        { wtn: "LN-9", errorCode: null },
      ],
    ],
  ])("documents a new ticket with %s", async (_, items) => {
    await begin({ state: GE1_DOWN, items });
    await passAndRecheck();
    expect(flow.effects).toEqual(CREATED);
  });

  it("A24: is told when no ticket can be asked for, and gets one as soon as that is possible", async () => {
    await begin({ state: GE1_DOWN, failing: { "bruin.ticket.creation.outage.request": 503 } });
    await passAndRecheck();
    const told = expect.stringContaining(`slack: Could not open an outage ticket for ${PLACE}:`);
    expect(flow.effects).toEqual(["create VC100 of 501 [GE1]", told]);
    flow.script.failing = {};
    await flow.idle();
    expect(flow.effects).toEqual(["create VC100 of 501 [GE1]", told, ...CREATED]);
  });

  it("A53: gets its triage note later when the events cannot be read, and all the rest at once", async () => {
    await begin({ state: GE1_DOWN, failing: { "alert.request.event.edge": 500 } });
    await passAndRecheck();
    const [create, created, triage, ...severity] = CREATED;
    const told = expect.stringContaining("slack: Could not append the triage note to ticket 9001");
    expect(flow.effects).toEqual([create, created, told, ...severity]);
    flow.script.failing = {};
    await flow.idle();
    expect(flow.effects).toEqual([create, created, told, ...severity, triage]);
    expect(await counted("tasks_created_total")).toEqual([expect.stringMatching(/ 1$/)]);
  });

  it("A54: is not ranked anew when its severity is right", async () => {
    await begin({ state: GE1_DOWN, severity: 3 });
    await passAndRecheck();
    expect(flow.effects).toEqual(CREATED.slice(0, 3));
    expect(flow.reads.slice(-1)).toEqual(["bruin.single_ticket.basic.request"]);
  });

  it("A58: may be of a link that is not configured", async () => {
    await begin({ state: GE1_DOWN, cached: { links_configuration: [] } });
    await passAndRecheck();
    expect(flow.effects).toEqual(CREATED);
    expect(await counted("tasks_created_total")).toEqual([expect.stringContaining('link_types="Unknown"')]);
  });

  it("splits a note that is too long for Bruin", async () => {
    await begin({ state: { GE1: { ...DOWN, displayName: "x".repeat(1200) } } });
    await passAndRecheck();
    expect(flow.effects.filter((line) => line.startsWith("note"))).toEqual([CREATED[2], CREATED[2]]);
  });

  it.each<[string, AcmeState, string]>([
    ["A32: a link of a pair", { ha: "READY", GE1: DOWN }, "Link Down (HA)"],
    ["a link of a pair whose standby is offline", { ha: "FAILED", GE1: DOWN }, "Link Down (HA)"],
    ["A33: a pair", { ha: "FAILED", edge: "OFFLINE" }, "Hard Down (HA)"],
    ["A34: an edge whose pair is not set up", { ha: "PENDING_CONFIRMATION", edge: "OFFLINE" }, "Hard Down (no HA)"],
    ["the primary of a pair", { ha: "READY", edge: "OFFLINE" }, "Soft Down (HA)"],
  ])("gets one ticket when it is of %s", async (_, state, type) => {
    await begin({ state });
    await passAndRecheck();
    const tickets = flow.effects.filter((line) => line.startsWith("create VC100") || line.includes("created"));
    expect(tickets).toEqual([expect.stringContaining("create VC100"), expect.stringContaining(`*${type}*`)]);
  });

  it("gets a ticket of its own for a standby that is down while the primary is up", async () => {
    await begin({ state: { ha: "FAILED" }, items: [{ wtn: "VC200", errorCode: null }] });
    await passAndRecheck();
    expect(flow.effects.slice(0, 2)).toEqual(["create VC200 of 501 []", expect.stringContaining("*Soft Down (HA)*")]);
  });
});

describe("an outage that does not outlast its quarantine", () => {
  it("A28: in its first form is left to the next pass", async () => {
    await begin({ state: GE1_DOWN });
    await flow.pass();
    flow.script.state = OFFLINE;
    await flow.advance(QUARANTINE_SECONDS);
    expect(flow.effects).toEqual([]);
    expect(flow.reads).not.toContain("bruin.ticket.basic.request");
  });

  it("A29: has the ticket of an earlier outage resolved", async () => {
    await begin({ state: GE1_DOWN });
    await flow.pass();
    Object.assign(flow.script, { state: {}, openTickets: [ticket().ticket], notes: ticket().ticketNotes });
    await flow.advance(QUARANTINE_SECONDS);
    expect(flow.effects).toContain("resolve 9001/11 [GE1, GE2]");
  });

  it("A51: cannot be told apart while the host is unreadable", async () => {
    await begin({ state: GE1_DOWN });
    await flow.pass();
    flow.script.failing = { "request.network.enterprise.edges": 500 };
    await flow.advance(QUARANTINE_SECONDS);
    expect(flow.effects).toEqual([expect.stringContaining("slack: The outage monitor is blind")]);
    flow.script.failing = {};
    await flow.idle();
    expect(flow.effects.slice(1)).toEqual(CREATED);
  });
});

describe("a healthy edge", () => {
  const healed = { openTickets: [ticket().ticket], notes: ticket().ticketNotes };
  const RESOLVED = [
    "unpause 9001/11 VC100",
    "resolve 9001/11 [GE1, GE2]",
    "note 9001 [VC100] Auto-resolving detail for serial: VC100",
    "note 9001 [LN-1] Auto-resolving detail for line: LN-1",
    "note 9001 [LN-2] Auto-resolving detail for line: LN-2",
    `slack: *Link Down (no HA)* is over: ticket 9001 auto-resolved for ${PLACE}.`,
  ];

  it("A37: has its ticket resolved", async () => {
    await begin(healed);
    await flow.pass();
    expect(flow.effects).toEqual(RESOLVED);
    expect(await counted("tasks_autoresolved_total")).toEqual([
      expect.stringMatching(/severity="2",has_digi="False",has_byob="False",link_types="Wired"} 1$/),
    ]);
  });

  it.each([
    ["A38: an old outage", { openTickets: [{ ...ticket().ticket, createDate: "6/3/2022 1:29:00 PM" }] }],
    [
      "A40: a third time",
      { notes: Array.from({ length: 3 }, () => note("#*MetTel's IPA*#\nAuto-resolving detail for serial: VC100")) },
    ],
    ["A41: somebody at work", { details: details({ 11: { assignedToName: "Jane" } }) }],
    ["A43: a resolved detail", { details: details({ 11: { detailStatus: "R" } }) }],
    ["a ticket that a person opened", { openTickets: [{ ...ticket().ticket, createdBy: "Jane" }] }],
    ["a ticket of another client", { openTickets: [{ ...ticket().ticket, clientID: 502 }] }],
    ["a ticket without a detail of the edge", { details: details({ 11: { detailValue: "VC900" } }) }],
  ])("is left alone with %s", async (_, script) => {
    await begin({ ...healed, ...script });
    await flow.pass();
    expect(flow.effects).toEqual([]);
  });

  const NOT_RESOLVED = [...RESOLVED.slice(0, 2), expect.stringContaining("slack: Could not resolve ticket 9001")];

  it("A46: keeps its ticket while Bruin is out of order", async () => {
    await begin({ ...healed, failing: { "bruin.ticket.status.resolve": 500 } });
    await flow.pass();
    expect(flow.effects).toEqual(NOT_RESOLVED);
    flow.script.failing = {};
    await flow.idle();
    expect(flow.effects.slice(3)).toEqual(RESOLVED.slice(1));
  });

  it("is tried again by the next pass when Bruin refuses to resolve its ticket", async () => {
    await begin({ ...healed, failing: { "bruin.ticket.status.resolve": 400 } });
    await flow.pass();
    expect(flow.effects).toEqual(NOT_RESOLVED);
    flow.script.failing = {};
    await flow.advance(60);
    await flow.pass();
    expect(flow.effects.slice(3)).toEqual(RESOLVED);
  });

  it("keeps its ticket when it may be down again by the time Bruin is back", async () => {
    await begin({ ...healed, failing: { "bruin.ticket.status.resolve": 500 } });
    await flow.pass();
    flow.script.failing = {};
    await flow.advance(121);
    await flow.idle();
    expect(flow.effects).toEqual(NOT_RESOLVED);
  });

  it("has its ticket resolved even when nobody can unpause it", async () => {
    await begin({ ...healed, failing: { "bruin.ticket.unpause": 400 } });
    await flow.pass();
    expect(flow.effects).toEqual([
      RESOLVED[0],
      expect.stringContaining("slack: Could not unpause"),
      ...RESOLVED.slice(1),
    ]);
  });

  it("is resolved once although a second pass still sees the old ticket", async () => {
    await begin(healed);
    await flow.pass();
    flow.script.details = details({ 11: { detailStatus: "R" } });
    await flow.pass();
    expect(flow.effects).toEqual(RESOLVED);
  });

  it.each([
    ["listed", "bruin.ticket.basic.request"],
    ["read", "bruin.ticket.details.request"],
  ])("keeps its ticket while tickets cannot be %s, of which people hear once", async (_, subject) => {
    await begin({ ...healed, failing: { [subject]: 500 } });
    await flow.pass();
    await flow.pass();
    expect(flow.effects).toEqual([expect.stringContaining(`slack: Tickets of ${HOST} cannot be read`)]);
  });
});

describe("a dry run", () => {
  const dry = { production: false };

  it("A30: asks for no ticket, stops there, and tells of it once although every cycle decides the same", async () => {
    await begin({ state: GE1_DOWN }, dry);
    await passAndRecheck();
    expect(flow.effects).toEqual(["create VC100 of 501 [GE1]"]);
    await flow.pass();
    await flow.advance(QUARANTINE_SECONDS);
    expect(flow.effects).toEqual(["create VC100 of 501 [GE1]", "create VC100 of 501 [GE1]"]);
    expect(new Set(flow.decisions).size).toBe(1);
  });

  it("A44: resolves nothing", async () => {
    await begin({ openTickets: [ticket().ticket], notes: [note(triageText())] }, dry);
    await flow.pass();
    await flow.advance(600);
    await flow.pass();
    expect(flow.effects).toEqual(["unpause 9001/11 VC100", "unpause 9001/11 VC100"]);
    expect(new Set(flow.decisions).size).toBe(1);
  });
});

it("keeps its jobs when it is stopped and started", async () => {
  await begin({ state: GE1_DOWN });
  await flow.pass();
  await flow.restart();
  await flow.advance(QUARANTINE_SECONDS);
  expect(flow.effects).toEqual(CREATED);
});

it("shares one reading of a host among the rechecks of a quarantine", async () => {
  await begin({ state: { ha: "READY", GE1: DOWN } });
  expect(cachedAcme().serial_number).toBe("VC100");
  await passAndRecheck();
  expect(flow.reads.filter((subject) => subject === "get.links.with.edge.info")).toHaveLength(2);
});
