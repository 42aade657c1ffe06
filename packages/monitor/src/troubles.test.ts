import { startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { createTroubles } from "./troubles.ts";

const error = new Error("away");
const logger = pino({ level: "silent" });
let brokers: TestBrokers;

beforeAll(async () => {
  brokers = await startTestBrokers();
});
afterAll(() => brokers.stop());
beforeEach(async () => {
  await brokers.redisClient.flushall();
});

function replica() {
  return createTroubles({ redis: brokers.redisClient, prefix: "test", logger });
}

it("tells of a trouble once while it lasts, and again when it comes back", async () => {
  const troubles = replica();
  const tell = vi.fn(async () => {});
  await troubles.met("reading vco1", error, tell);
  await troubles.met("reading vco1", error, tell);
  expect(tell).toHaveBeenCalledTimes(1);
  await troubles.met("reading vco2", error, tell);
  expect(tell).toHaveBeenCalledTimes(2);
  await troubles.over("reading vco1");
  await troubles.met("reading vco1", error, tell);
  expect(tell).toHaveBeenCalledTimes(3);
});

it("tells of it once over all replicas, whichever of them sees its end", async () => {
  const [one, other] = [replica(), replica()];
  const tell = vi.fn(async () => {});
  await one.met("reading vco1", error, tell);
  await other.met("reading vco1", error, tell);
  expect(tell).toHaveBeenCalledTimes(1);
  await other.over("reading vco1");
  await replica().met("reading vco1", error, tell);
  expect(tell).toHaveBeenCalledTimes(2);
});

it("is told by another replica when one died while telling", async () => {
  const tell = vi.fn(async () => {});
  void replica().met("reading vco1", error, () => new Promise(() => {}));
  await vi.waitFor(async () => expect(await brokers.redisClient.ttl("test:trouble:reading vco1")).toBeGreaterThan(0));
  expect(await brokers.redisClient.ttl("test:trouble:reading vco1")).toBeLessThanOrEqual(60);
  await brokers.redisClient.del("test:trouble:reading vco1");
  await replica().met("reading vco1", error, tell);
  expect(tell).toHaveBeenCalledTimes(1);
  expect(await brokers.redisClient.ttl("test:trouble:reading vco1")).toBeGreaterThan(60);
});

it("tries again to tell when nobody could be told", async () => {
  const troubles = replica();
  const tell = vi.fn(async () => {});
  tell.mockRejectedValueOnce(new Error("no NATS"));
  await troubles.met("reading vco1", error, tell);
  await troubles.met("reading vco1", error, tell);
  await troubles.met("reading vco1", error, tell);
  expect(tell).toHaveBeenCalledTimes(2);
});

const eventsOf = (serial: string) => ({ whose: `${serial}: events`, everybodys: "events" });

it("one edge that fails for ever is told of once, though others succeed all the time", async () => {
  const troubles = replica();
  const tell = vi.fn(async () => {});
  for (let round = 1; round <= 3; round += 1) {
    await troubles.metBy(eventsOf("VC1"), error, tell);
    await troubles.over("events");
    await replica().metBy(eventsOf("VC1"), error, tell);
  }
  expect(tell).toHaveBeenCalledTimes(1);
  await troubles.overFor("VC1: events");
  await troubles.metBy(eventsOf("VC1"), error, tell);
  expect(tell).toHaveBeenCalledTimes(2);
});

it("a trouble of everybody's is told of once, and what is left of it afterwards once more", async () => {
  const troubles = replica();
  const tell = vi.fn(async () => {});
  await troubles.metBy(eventsOf("VC1"), error, tell);
  await troubles.metBy(eventsOf("VC2"), error, tell);
  expect(tell).toHaveBeenCalledTimes(1);
  await troubles.over("events");
  await troubles.metBy(eventsOf("VC2"), error, tell);
  await troubles.over("events");
  await troubles.metBy(eventsOf("VC2"), error, tell);
  expect(tell).toHaveBeenCalledTimes(2);
});

it("a trouble that lasts for more than a day is told again", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  try {
    const troubles = createTroubles({ prefix: "test", logger });
    const tell = vi.fn(async () => {});
    await troubles.met("reading vco1", error, tell);
    vi.advanceTimersByTime(24 * 3_600_000 - 1);
    await troubles.met("reading vco1", error, tell);
    expect(tell).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1);
    await troubles.met("reading vco1", error, tell);
    expect(tell).toHaveBeenCalledTimes(2);
  } finally {
    vi.useRealTimers();
  }
});
