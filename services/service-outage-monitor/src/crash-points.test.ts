import { DOWN, NOW, startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { documentOutage } from "./documentation/document-outage.ts";
import { carryForward } from "./forwards/forward.ts";
import { whereaboutsOf } from "./messages.ts";
import { outageFacts } from "./outage.ts";
import { decideAutoResolve } from "./resolution/decide-auto-resolve.ts";
import { planOf, resolveTicket } from "./resolution/resolve-ticket.ts";
import { acme, settings, ticket } from "./testing/acme.ts";
import { Crash, type CrashingDesk, type Process, startCrashingDesk } from "./testing/crash.ts";
import { outageIn } from "./testing/outage.ts";

let brokers: TestBrokers;
let desk: CrashingDesk;

beforeAll(async () => {
  brokers = await startTestBrokers();
  desk = await startCrashingDesk(brokers);
});
afterAll(() => brokers.stop());
beforeEach(() => desk.reset());

const NEVER = Number.POSITIVE_INFINITY;

/** Carries out one decision. */
type Attempt = (process: Process) => Promise<void>;

/** Runs attempts that die at these moments, and one that lives. @returns whether all of them died */
async function live(attempt: Attempt, deaths: readonly number[]): Promise<boolean> {
  let died = 0;
  for (const moment of deaths) {
    await attempt(desk.process(moment)).then(
      () => {},
      (error: unknown) => {
        if (!(error instanceof Crash)) throw error;
        died += 1;
      },
    );
  }
  await attempt(desk.process(NEVER));
  return died === deaths.length;
}

/** Moments at which a life without a crash touches the outside. */
async function momentsOf(attempt: Attempt): Promise<number> {
  const process = desk.process(NEVER);
  await attempt(process);
  return process.moments();
}

const decisions = [
  {
    name: "documenting an outage",
    attemptAt: (occasion: number): Attempt => {
      const since = new Date(NOW.getTime() - 180_000 - occasion).toISOString();
      return ({ monitor, job }) => documentOutage(monitor, { ...outageIn({ GE1: DOWN }), since }, job);
    },
    effects: ["ticket", "note Triage (VeloCloud)", "severity 3", "move 12 to IPA Investigate"],
    told: ["created", "Severity"],
  },
  {
    name: "documenting an edge that is down with its modem",
    // The steps that it shares with the one above need no second look at every moment.
    stride: 3,
    attemptAt: (occasion: number): Attempt => {
      const since = new Date(NOW.getTime() - 1_000_000 - occasion).toISOString();
      const down = outageIn({ edge: "OFFLINE", GE1: DOWN, GE2: DOWN }, "Hard Down (no HA)");
      return ({ monitor, job }) => documentOutage(monitor, { ...down, since }, job);
    },
    effects: [
      "ticket",
      "note Triage (VeloCloud)",
      "severity 2",
      "mail TicketServiceAffectingRepairVelo_E-Mail",
      "reboot 00:27:04:9f",
      "note Offline DiGi interface identified for serial: VC100",
      "move 12 to IPA Investigate",
      "move 13 to IPA Investigate",
    ],
    told: ["created", "Severity", "DiGi modem"],
  },
  {
    name: "forwarding a task",
    attemptAt: (occasion: number): Attempt => {
      const dueAt = new Date(NOW.getTime() - occasion).toISOString();
      const found = outageIn({ GE1: DOWN });
      const plan = {
        ticketId: 9001,
        place: whereaboutsOf(found),
        facts: outageFacts(found, settings()),
        dueAt,
        queue: "HNOC Investigate",
        detailId: null,
        queueId: null,
        quiet: false,
      };
      // Each life is about a forward of its own: one that was carried out is remembered.
      return ({ monitor, job }) => carryForward(monitor, plan, { ...job, key: `9001-VC100-HNOC-${dueAt}` });
    },
    effects: ["move VC100 to HNOC Investigate"],
    told: ["moved to HNOC Investigate"],
  },
  {
    name: "resolving a ticket",
    attemptAt: (occasion: number): Attempt => {
      const edge = acme();
      const verdict = decideAutoResolve({ edge, ticket: ticket(), now: NOW, settings: settings() });
      if (!("resolve" in verdict)) throw new Error("the fixture's ticket is not resolved");
      const plan = planOf(edge, { ...verdict.resolve, quiet: false }, new Date(NOW.getTime() - occasion));
      return ({ monitor, job }) => resolveTicket(monitor, plan, job);
    },
    effects: [
      "unpause",
      "resolve",
      "note Auto-resolving detail for serial: VC100",
      "note Auto-resolving detail for line: LN-1",
      "note Auto-resolving detail for line: LN-2",
    ],
    told: ["auto-resolved"],
  },
];

describe.each(decisions)("$name", ({ attemptAt, effects, told, stride = 1 }) => {
  it("happens once, whatever moment the process dies at, and the next one too", { timeout: 90_000 }, async () => {
    const before = (await desk.slack()).length;
    const moments = await momentsOf(attemptAt(0));
    expect(moments).toBeGreaterThan(15);
    let lives = 1;
    for (let first = 1; first <= moments; first += stride) {
      const second = 1 + ((first * 7) % moments);
      for (const deaths of first % (5 * stride) === 1 ? [[first], [first, second]] : [[first]]) {
        desk.reset();
        const allDied = await live(attemptAt(lives), deaths);
        expect(desk.effects, `after deaths at ${deaths}`).toEqual(effects);
        if (deaths.length === 1) expect(allDied).toBe(true);
        lives += 1;
      }
    }
    const messages = (await desk.slack()).slice(before);
    for (const part of told) {
      expect(messages.filter((message) => message.includes(part))).toHaveLength(lives);
    }
    expect(messages).toHaveLength(lives * told.length);
  });
});
