import {
  type AcmeState,
  DOWN,
  acmeDetails as details,
  HOST,
  acmeNote as note,
  startTestBrokers,
  type TestBrokers,
} from "@trunkline/testkit";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ticket } from "./testing/acme.ts";
import { type Flow, openStage, type Script, type Stage } from "./testing/flow.ts";

// What becomes of an outage that people or customers have to hear of. The numbers are those of the worked examples.

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
const LINE = { wtn: "LN-1", errorCode: null };
const CREATED = [
  "create VC100 of 501 [GE1]",
  `slack: *Link Down (no HA)*: ticket 9001 created for ${PLACE}.`,
  "note 9001 [VC100] Triage (VeloCloud)",
  "severity 9001 3 Edge Status: Online, Interface GE1 Status: Disconnected",
  `slack: Severity of ticket 9001 changed from 4 to 3 for ${PLACE}: Link Down (no HA).`,
];
const MOVED_LINE = "move 9001/12 to IPA Investigate";

async function begin(script: Partial<Script>): Promise<void> {
  flow = await stage.begin(script);
}

async function passAndRecheck(): Promise<void> {
  await flow.pass();
  await flow.advance(QUARANTINE_SECONDS);
}

async function counted(name: string): Promise<string[]> {
  const text = await flow.metrics.getSingleMetricAsString(name);
  return text.split("\n").filter((line) => line.startsWith(`${name}{`));
}

describe("an outage", () => {
  const BYOB = { state: { GE1: { ...DOWN, displayName: "BYOB - cable" } } };
  const REMINDED = ["mail 9001 VC100 TicketBYOBOutageRepairReminder-E-Mail", "note 9001 [VC100] Client Reminder"];

  it("A6: of the customer's own circuit is the customer's, whom Bruin tells", async () => {
    await begin({ ...BYOB, items: [{ wtn: "VC100", errorCode: null }, LINE] });
    await passAndRecheck();
    expect(flow.effects).toEqual([
      ...CREATED,
      "mail 9001 VC100 TicketBYOBOutageRepairAcknowledgement-E-Mail",
      "note 9001 [VC100] Client Reminder",
      MOVED_LINE,
    ]);
    expect(flow.forwards).toEqual([]);
    expect(await counted("tasks_created_total")).toEqual([expect.stringContaining('has_byob="True"')]);
  });

  it("A7: goes on without the note of a mail that was refused", async () => {
    await begin({
      ...BYOB,
      items: [{ wtn: "VC100", errorCode: null }, LINE],
      failing: { "bruin.notification.email.milestone": 400 },
    });
    await passAndRecheck();
    expect(flow.effects.slice(CREATED.length)).toEqual([
      "mail 9001 VC100 TicketBYOBOutageRepairAcknowledgement-E-Mail",
      expect.stringContaining("slack: Could not have Bruin mail"),
      MOVED_LINE,
    ]);
  });

  it.each([
    [
      "A12: 25 hours ago, again",
      "2022-06-02T10:00:00-04:00",
      [...REMINDED, `slack: Customer reminded of ticket 9001: their own circuit is still down at ${PLACE}.`],
    ],
    ["A13: 23 hours ago, not again yet", "2022-06-02T12:10:00-04:00", []],
  ])("reminds the customer who was told %s", async (_, createdDate, effects) => {
    const notes = [note("#*MetTel's IPA*#\nClient Reminder", { createdDate })];
    const items = [{ wtn: "VC100", errorCode: 409 }];
    await begin({ ...BYOB, items, notes, severity: 3, details: details().slice(0, 1) });
    await passAndRecheck();
    expect(flow.effects.slice(1)).toEqual(effects);
    expect(flow.forwards).toEqual([]);
  });

  const GE2_DOWN: AcmeState = { GE2: DOWN };
  const rebootedAt = (createdDate: string, name = "GE2") =>
    note(`#*MetTel's IPA*#\nOffline DiGi interface identified for serial: VC100\nInterface: ${name}`, { createdDate });
  const HANDED_OVER = [
    "move 9001/11 to Wireless Repair Intervention Needed",
    "note 9001 [] DiGi reboot failed",
    `slack: Task of ticket 9001 moved to Wireless Repair Intervention Needed for ${PLACE}.`,
  ];

  it("A14: of a modem that a reboot did not bring back goes to people, once", async () => {
    const notes = [rebootedAt("2022-06-03T10:23:00-04:00")];
    await begin({ state: GE2_DOWN, items: [{ wtn: "VC100", errorCode: 409 }], notes });
    await passAndRecheck();
    expect(flow.effects.slice(1)).toEqual(HANDED_OVER);
    expect(await counted("tasks_forwarded_total")).toEqual([
      expect.stringContaining('target_queue="Wireless Repair Intervention Needed"} 1'),
    ]);
    await passAndRecheck();
    expect(flow.effects.slice(4)).toEqual(["create VC100 of 501 [GE2]"]);
  });

  it.each<[string, Partial<Script>]>([
    ["A15: was rebooted lately", { notes: [rebootedAt("2022-06-03T10:34:00-04:00")] }],
    [
      "A17: was handed over",
      {
        notes: [
          rebootedAt("2022-06-03T10:23:00-04:00"),
          note("DiGi reboot failed\nMoving task to: Wireless Repair Intervention Needed"),
        ],
      },
    ],
    [
      "A18: is behind an edge that is down",
      { state: { ...GE2_DOWN, edge: "OFFLINE" }, notes: [rebootedAt("2022-06-03T10:23:00-04:00")], severity: 2 },
    ],
    ["was never rebooted", {}],
  ])("of a modem that %s is left alone", async (_, script) => {
    await begin({ state: GE2_DOWN, items: [{ wtn: "VC100", errorCode: 409 }], ...script });
    await passAndRecheck();
    expect(flow.effects).toHaveLength(1);
  });

  it("A16: of a second modem has that one rebooted too", async () => {
    const notes = [rebootedAt("2022-06-03T10:23:00-04:00", "GE1")];
    await begin({ state: GE2_DOWN, items: [{ wtn: "VC100", errorCode: 409 }], notes });
    await passAndRecheck();
    expect(flow.effects.slice(1)).toEqual([
      "reboot VC100 00:27:04:9f for 9001",
      "note 9001 [VC100] Offline DiGi interface identified for serial: VC100",
      `slack: DiGi modem on GE2 rebooted for ${PLACE}.`,
    ]);
  });
});

describe("a forward", () => {
  const outage = { state: { GE1: DOWN }, items: [{ wtn: "VC100", errorCode: null }, LINE] };
  const FORWARDED = [
    "move 9001/VC100 to HNOC Investigate",
    `slack: Task of ticket 9001 moved to HNOC Investigate for ${PLACE}: it has not healed by itself.`,
    "move 9001/12 to Dedicated Worker Queue",
    `slack: Task 12 of ticket 9001 moved to Dedicated Worker Queue for ${PLACE}: it has not healed by itself.`,
  ];

  /** The outage has its ticket, and only what follows is looked at. */
  async function documented(script: Partial<Script> = {}): Promise<void> {
    await begin({ ...outage, ...script });
    await passAndRecheck();
    flow.effects.length = 0;
  }

  it("is carried out when its time has come, and counted", async () => {
    await documented();
    await flow.advance(90 * 60 - 1);
    expect(flow.effects).toEqual([]);
    await flow.advance(1);
    expect([...flow.effects].sort()).toEqual([...FORWARDED].sort());
    expect(
      (await counted("tasks_forwarded_total")).map((line) => line.match(/target_queue="(.*)"/)?.[1]).sort(),
    ).toEqual(["Dedicated Worker Queue", "HNOC Investigate"]);
  });

  it("is not put down again while a person works on the ticket", async () => {
    await documented();
    await flow.advance(90 * 60);
    flow.script.items = [
      { wtn: "VC100", errorCode: 409 },
      { wtn: "LN-1", errorCode: 409 },
    ];
    flow.forwards.length = 0;
    await passAndRecheck();
    expect(flow.forwards).toEqual([]);
  });

  it("is put down again when the ticket is taken up again", async () => {
    await documented();
    await flow.advance(90 * 60);
    flow.script.items = [
      { wtn: "VC100", errorCode: 472 },
      { wtn: "LN-1", errorCode: 472 },
    ];
    flow.forwards.length = 0;
    await passAndRecheck();
    expect(flow.forwards).toEqual(["9001-VC100-HNOC +90", "9001-VC100-12-WORKER +90"]);
  });

  it("survives a restart", async () => {
    await documented();
    await flow.restart();
    await flow.advance(90 * 60);
    expect(flow.effects).toHaveLength(4);
  });

  it.each([
    ["its task has been resolved", details({ 11: { detailStatus: "R" }, 12: { detailStatus: "R" } })],
    [
      "its task lies there already",
      details({ 11: { currentTaskName: "HNOC Investigate" }, 12: { currentTaskName: "Dedicated Worker Queue" } }),
    ],
    ["its task is gone", []],
  ])("is left out when %s", async (_, others) => {
    await documented();
    flow.script.details = others;
    await flow.advance(90 * 60);
    expect(flow.effects).toEqual([]);
  });

  it("that is refused is told of, and not put down again by every pass", async () => {
    await documented({ items: [{ wtn: "VC100", errorCode: null }] });
    flow.script.failing = { "bruin.ticket.change.work": 404 };
    await flow.advance(90 * 60);
    expect(flow.effects).toEqual([FORWARDED[0], expect.stringContaining("slack: Could not forward ticket 9001")]);
    flow.script.items = [{ wtn: "VC100", errorCode: 409 }];
    flow.forwards.length = 0;
    await passAndRecheck();
    expect(flow.forwards).toEqual([]);
  });

  it("is tried again while Bruin is away", async () => {
    await documented({ items: [{ wtn: "VC100", errorCode: null }] });
    flow.script.failing = { "bruin.ticket.change.work": 503 };
    await flow.advance(90 * 60);
    flow.script.failing = {};
    await flow.idle();
    expect(flow.effects).toEqual([
      FORWARDED[0],
      expect.stringContaining("It is tried again"),
      FORWARDED[0],
      FORWARDED[1],
    ]);
  });

  it("is taken back when the ticket is resolved before", async () => {
    await documented();
    Object.assign(flow.script, { state: {}, openTickets: [ticket().ticket], notes: ticket().ticketNotes });
    await flow.advance(60);
    await flow.pass();
    expect(flow.effects).toContain("resolve 9001/11 [GE1, GE2]");
    flow.effects.length = 0;
    await flow.advance(90 * 60);
    expect(flow.effects).toEqual([]);
  });

  it("A46: waits on when the ticket could not be resolved", async () => {
    await documented({ items: [{ wtn: "VC100", errorCode: null }] });
    Object.assign(flow.script, {
      state: {},
      openTickets: [ticket().ticket],
      notes: ticket().ticketNotes,
      failing: { "bruin.ticket.status.resolve": 400 },
    });
    await flow.advance(60);
    await flow.pass();
    expect(flow.effects).toContain("resolve 9001/11 [GE1, GE2]");
    await flow.advance(90 * 60);
    expect(flow.effects).toContain(FORWARDED[0]);
  });

  describe("of the existing fleet's", () => {
    const [TIMES, TASKS] = ["test-task_dispatcher-z-ticket_forwards", "test-task_dispatcher-h-ticket_forwards"];

    it("is respected: none is put down beside it", async () => {
      await begin(outage);
      await brokers.redisClient.zadd(TIMES, 1, "9001-VC100-HNOC");
      await passAndRecheck();
      expect(flow.forwards).toEqual(["9001-VC100-12-WORKER +90"]);
    });

    it("is taken back when the ticket is resolved", async () => {
      await begin({ openTickets: [ticket().ticket], notes: ticket().ticketNotes });
      for (const key of ["9001-VC100-HNOC", "9001-VC100-12-WORKER", "9001-VC100-13-WORKER", "9001-VC900-HNOC"]) {
        await brokers.redisClient.multi().zadd(TIMES, 1, key).hset(TASKS, key, "{}").exec();
      }
      await flow.pass();
      expect(await brokers.redisClient.zrange(TIMES, 0, -1)).toEqual(["9001-VC900-HNOC"]);
      expect(await brokers.redisClient.hkeys(TASKS)).toEqual(["9001-VC900-HNOC"]);
    });

    it("A48: is counted when its dispatcher says that it was carried out, and not put down again", async () => {
      await begin(outage);
      await flow.dispatched({
        ticket_id: 9001,
        serial_number: "VC100",
        target_queue: "HNOC Investigate",
        metrics_labels: { client: "Acme Foods", has_digi: true, severity: 3, target_queue: "HNOC Investigate" },
      });
      expect(await counted("tasks_forwarded_total")).toEqual([
        expect.stringMatching(
          /host="vco2.example.net",client="Acme Foods",.*severity="3",has_digi="True".*target_queue="HNOC Investigate"} 1/,
        ),
      ]);
      flow.script.items = [{ wtn: "VC100", errorCode: 409 }];
      await passAndRecheck();
      expect(flow.forwards).toEqual([]);
    });
  });
});

it("a ticket about the customer's own circuit is closed when the circuit is mended, however late", async () => {
  const byob = ticket().ticketNotes.map((each) => ({
    ...each,
    noteValue: each.noteValue?.replace("Fiber", "BYOB") ?? null,
  }));
  await begin({
    openTickets: [{ ...ticket().ticket, createDate: "6/1/2022 1:29:00 PM" }],
    details: details({ 11: { currentTaskName: "IPA Investigate" } }),
    notes: byob,
  });
  await flow.pass();
  expect(flow.effects.slice(-3)).toEqual([
    "note 9001 [LN-2] Auto-resolving detail for line: LN-2",
    "close 9001",
    `slack: *Link Down (no HA)* is over: ticket 9001 auto-resolved for ${PLACE}.`,
  ]);
});

describe("a mass outage", () => {
  const EDGES = 30;
  const serials = Array.from({ length: EDGES }, (_, index) => `VC5${String(index).padStart(2, "0")}`);
  const tickets = () => flow.effects.filter((line) => line.startsWith("create"));
  const slack = () => flow.effects.filter((line) => line.startsWith("slack"));

  async function strike(): Promise<void> {
    const [edge] = details();
    const tasks = serials.flatMap((detailValue, index) =>
      edge ? [{ ...edge, detailValue, detailID: 100 + index }] : [],
    );
    await begin({ state: { edge: "OFFLINE", GE1: DOWN, GE2: DOWN }, fleet: serials, details: tasks });
    flow.script.items = serials.map((wtn) => ({ wtn, errorCode: null }));
    await flow.pass();
  }

  it("gets every edge its ticket, and people hear of it once", { timeout: 60_000 }, async () => {
    await strike();
    await flow.advance(QUARANTINE_SECONDS);
    expect(tickets()).toHaveLength(EDGES);
    expect(slack()).toEqual([]);
    await flow.advance(120);
    expect(slack()).toEqual([
      `slack: *Mass outage* on ${HOST}: 30 edges went down at 2022-06-03 11:00:00-04:00 or a little earlier, 30 are still down.`,
    ]);
    expect(flow.effects.filter((line) => line.includes("to HNOC Investigate"))).toHaveLength(EDGES);
    // The next pass sees the same edges, and nobody hears of them again.
    flow.script.items = serials.map((wtn) => ({ wtn, errorCode: 409 }));
    await flow.pass();
    await flow.advance(QUARANTINE_SECONDS + 60);
    expect(slack()).toHaveLength(1);
  });

  it("that heals in its quarantine is nobody's business", async () => {
    await strike();
    flow.script.state = {};
    await flow.advance(QUARANTINE_SECONDS + 60);
    expect(flow.effects).toEqual([]);
  });
});
