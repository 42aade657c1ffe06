import { type MovableClock, movableClock } from "@trunkline/clock";
import { createTroubles } from "@trunkline/monitor";
import {
  type Answer,
  cachedAcme,
  HOST,
  acmeLinks as linkRows,
  NOW,
  acmePairs as pairRows,
  Refused,
  talkingBus,
} from "@trunkline/testkit";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { settings } from "../testing/acme.ts";
import { type Collector, createCollector } from "./collect.ts";

const LINKS = "get.links.with.edge.info";
let clock: MovableClock;
let answers: Record<string, Answer>;
let desk: ReturnType<typeof talkingBus>;
let collector: Collector;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
  clock = movableClock(NOW);
  answers = {
    "customer.cache.get": () => [cachedAcme()],
    [LINKS]: () => linkRows(),
    "request.network.enterprise.edges": () => pairRows(),
  };
  desk = talkingBus(answers);
  const troubles = createTroubles({ prefix: "test", logger: pino({ level: "silent" }) });
  collector = createCollector({ bus: desk.bus, clock, settings: settings(), troubles });
});
afterEach(() => {
  vi.useRealTimers();
});

function readings(): number {
  return desk.subjects.filter((subject) => subject === LINKS).length;
}

describe("a snapshot", () => {
  it("is shared by all who ask for about the same moment", async () => {
    const [one, other] = await Promise.all([collector.snapshotOf(HOST, NOW), collector.snapshotOf(HOST, NOW)]);
    expect(one).toBe(other);
    expect(one.edges.get("VC100")?.status.name).toBe("ACME-0007");
    expect(readings()).toBe(1);
  });

  it("is not shared between hosts", async () => {
    await collector.snapshotOf(HOST, NOW);
    await collector.snapshotOf("vco1.example.net", NOW);
    expect(readings()).toBe(2);
  });

  it("never shows an earlier moment than asked for", async () => {
    await collector.snapshotOf(HOST, NOW);
    clock.advance(1);
    await collector.snapshotOf(HOST, clock.now());
    expect(readings()).toBe(2);
  });

  it("is forgotten after five seconds, even when the present stands still", async () => {
    await collector.snapshotOf(HOST, NOW);
    vi.advanceTimersByTime(4_999);
    await collector.snapshotOf(HOST, NOW);
    expect(readings()).toBe(1);
    vi.advanceTimersByTime(1);
    await collector.snapshotOf(HOST, NOW);
    expect(readings()).toBe(2);
  });

  it("asks the cache for edges that were heard of in the last week, in UTC", async () => {
    let asked: unknown;
    answers["customer.cache.get"] = (body) => {
      asked = body;
      return [];
    };
    await collector.snapshotOf(HOST, NOW);
    expect(asked).toEqual({ filter: { [HOST]: [] }, last_contact_filter: "2022-05-27 15:00:00.000000" });
  });
});

describe("a reading that fails", () => {
  it("fails for all who wait for it, is told once, and is tried again by the next who asks", async () => {
    answers[LINKS] = () => new Refused(500);
    const waiting = [collector.snapshotOf(HOST, NOW), collector.snapshotOf(HOST, NOW)];
    const outcomes = await Promise.allSettled(waiting);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(collector.snapshotOf(HOST, NOW)).rejects.toThrow("status 500");
    expect(readings()).toBe(2);
    expect(desk.messages).toHaveLength(1);
    answers[LINKS] = () => linkRows();
    expect((await collector.snapshotOf(HOST, NOW)).edges.size).toBe(1);
  });
});
