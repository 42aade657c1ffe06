import { startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { cacheStore } from "./cache-store.ts";
import { loadedLists } from "./loaded-lists.ts";
import { refreshGate } from "./refresh-gate.ts";
import { probe, probeOf } from "./testing/probe.ts";

let brokers: TestBrokers;

beforeAll(async () => {
  brokers = await startTestBrokers();
});
afterAll(() => brokers.stop());
beforeEach(() => brokers.redisClient.flushall());

const now = new Date("2026-01-05T10:00:00Z");
const later = new Date("2026-01-05T14:00:00Z");
const lists = ["north", "south"];

const store = () => cacheStore({ redis: brokers.redisClient, environment: "test", schema: probe });
const gate = () =>
  refreshGate({ redis: brokers.redisClient, environment: "test", dateKey: "next_refresh_date", lists, store: store() });

async function build(list: string, serials: string[], { fencingToken = 1, builtAt = now, nextRefreshAt = later } = {}) {
  return await store().replace(list, { entries: serials.map(probeOf), builtAt, nextRefreshAt, fencingToken });
}

test("a list is stored where the existing fleet looks for it, with facts beside it", async () => {
  expect(await store().facts(["north"])).toEqual([undefined]);
  expect(await store().load("north")).toEqual({ facts: undefined, entries: undefined });
  expect(await store().anyStored(lists)).toBe(false);
  expect(await build("north", ["P1", "P2"])).toBe(true);
  const [facts] = await store().facts(["north"]);
  expect(facts).toEqual({ version: expect.any(String), builtAt: now, nextRefreshAt: later, entries: 2 });
  expect(await store().load("north")).toEqual({ facts, entries: [probeOf("P1"), probeOf("P2")] });
  expect(await brokers.redisClient.get("test-north")).toBe(JSON.stringify([probeOf("P1"), probeOf("P2")]));
  expect(await store().anyStored(lists)).toBe(true);
});

test.each([0, 1, 500, 501, 1203])("a list of %i comes back as it was stored, in its order", async (length) => {
  const serials = Array.from({ length }, (_, index) => `P${index}`);
  await build("north", serials);
  expect((await store().load("north")).entries).toEqual(serials.map(probeOf));
});

test("a build under an older lease does not replace a newer one", async () => {
  await build("north", ["P1"], { fencingToken: 8 });
  expect(await build("north", ["P2"], { fencingToken: 7 })).toBe(false);
  expect((await store().load("north")).entries).toEqual([probeOf("P1")]);
  expect(await build("north", ["P3"], { fencingToken: 8 })).toBe(true);
});

test.each([
  ["{", undefined],
  ['{"edges":[]}', undefined],
  ["null", undefined],
  ['[{"serial":7},{"serial":"P1","last_contact":null},null]', [{ serial: "P1", last_contact: null }]],
])("of %s, what cannot be read counts as not there", async (text, entries) => {
  await brokers.redisClient.mset("test-north", text, "test-north:built", "{");
  expect(await store().load("north")).toEqual({ facts: undefined, entries });
});

test("a list is due until it was built, and again when its time has come", async () => {
  expect(await gate().isDue("north", now)).toBe(true);
  expect(await gate().isDue("north", now)).toBe(true);
  await build("north", ["P1"]);
  expect(await gate().isDue("north", new Date(later.getTime() - 1))).toBe(false);
  expect(await gate().isDue("north", later)).toBe(true);
});

test("the date of the next refresh moves on when every list has been built, to the earliest of them", async () => {
  await gate().isDue("north", now);
  await build("north", ["P1"], { nextRefreshAt: new Date("2026-01-05T14:30:09Z") });
  await gate().advance();
  expect(await brokers.redisClient.get("test-next_refresh_date")).toBe("01/05/2026, 10:00:00");
  await build("south", ["P2"]);
  await gate().advance();
  expect(await brokers.redisClient.get("test-next_refresh_date")).toBe("01/05/2026, 14:00:00");
});

test("deleting the date makes every list due once", async () => {
  await build("north", ["P1"]);
  await build("south", ["P2"]);
  await gate().advance();
  await brokers.redisClient.del("test-next_refresh_date");
  const soon = new Date("2026-01-05T11:00:00Z");
  expect(await gate().isDue("north", soon)).toBe(true);
  expect(await gate().isDue("south", soon)).toBe(true);
  await build("north", ["P1"], { builtAt: soon });
  expect(await gate().isDue("north", soon)).toBe(false);
  expect(await gate().isDue("south", soon)).toBe(true);
});

test("a list is parsed once, and again when another replica has built a newer one", async () => {
  const read = store();
  let loads = 0;
  const load = (list: string) => {
    loads += 1;
    return read.load(list);
  };
  const present = loadedLists({ store: { ...read, load }, lists: ["north"] });
  expect((await present()).size).toBe(0);
  await build("north", ["P1"]);
  loads = 0;
  const first = await present();
  expect(await present()).toBe(first);
  await Promise.all([present(), present(), present()]);
  expect(loads).toBe(1);
  await build("north", ["P1", "P2"]);
  expect((await present()).get("north")).toHaveLength(2);
});

test("a list that the existing fleet has stored is served until it is replaced", async () => {
  const present = loadedLists({ store: store(), lists });
  await brokers.redisClient.set("test-north", JSON.stringify([probeOf("P1")]));
  expect([...(await present()).keys()]).toEqual(["north"]);
  expect((await present()).get("north")).toEqual([
    { entry: probeOf("P1"), lastContact: new Date("2026-01-05T09:59:00Z") },
  ]);
  await build("north", ["P2"]);
  expect((await present()).get("north")).toMatchObject([{ entry: { serial: "P2" } }]);
});

test("while Redis is away, what is in memory is served; with nothing in memory it is an error", async () => {
  const away = { ...store(), facts: () => Promise.reject(new Error("away")) };
  await expect(loadedLists({ store: away, lists })()).rejects.toThrow("away");
  await build("north", ["P1"]);
  const flaky = { ...store() };
  const present = loadedLists({ store: flaky, lists });
  const before = await present();
  flaky.facts = away.facts;
  expect(await present()).toBe(before);
});
