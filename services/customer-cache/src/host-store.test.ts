import { startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { hostStore } from "./host-store.ts";
import { loadedCaches } from "./loaded-caches.ts";
import { refreshGate } from "./refresh-gate.ts";
import { cachedEdgeOf, HOST } from "./testing/cached-edge.ts";

let brokers: TestBrokers;

beforeAll(async () => {
  brokers = await startTestBrokers();
});
afterAll(() => brokers.stop());
beforeEach(() => brokers.redisClient.flushall());

const now = new Date("2026-01-05T10:00:00Z");
const later = new Date("2026-01-05T14:00:00Z");
const hosts = [HOST, "vco2.example.net"];

const store = () => hostStore(brokers.redisClient, "test");
const gate = () => refreshGate({ redis: brokers.redisClient, environment: "test", hosts, store: store() });

async function build(host: string, serials: string[], { fencingToken = 1, builtAt = now, nextRefreshAt = later } = {}) {
  const entries = serials.map((serial) => cachedEdgeOf(serial));
  return await store().replace(host, { entries, builtAt, nextRefreshAt, fencingToken });
}

test("a list is stored where the existing fleet looks for it, with facts beside it", async () => {
  expect(await store().facts([HOST])).toEqual([undefined]);
  expect(await store().load(HOST)).toEqual({ facts: undefined, entries: undefined });
  expect(await build(HOST, ["VC1", "VC2"])).toBe(true);
  const [facts] = await store().facts([HOST]);
  expect(facts).toEqual({ version: expect.any(String), builtAt: now, nextRefreshAt: later, edges: 2 });
  expect(await store().load(HOST)).toEqual({ facts, entries: [cachedEdgeOf("VC1"), cachedEdgeOf("VC2")] });
  expect(JSON.parse((await brokers.redisClient.get(`test-${HOST}`)) ?? "")).toHaveLength(2);
});

test("a build under an older lease does not replace a newer one", async () => {
  await build(HOST, ["VC1"], { fencingToken: 8 });
  expect(await build(HOST, ["VC2"], { fencingToken: 7 })).toBe(false);
  expect((await store().load(HOST)).entries).toMatchObject([{ serial_number: "VC1" }]);
  expect(await build(HOST, ["VC3"], { fencingToken: 8 })).toBe(true);
});

test("facts that cannot be read count as none", async () => {
  await brokers.redisClient.set(`test-${HOST}:built`, "{");
  expect(await store().facts([HOST])).toEqual([undefined]);
});

test("a host is due until it was built, and again when its time has come", async () => {
  expect(await gate().isDue(HOST, now)).toBe(true);
  expect(await gate().isDue(HOST, now)).toBe(true);
  await build(HOST, ["VC1"]);
  expect(await gate().isDue(HOST, new Date(later.getTime() - 1))).toBe(false);
  expect(await gate().isDue(HOST, later)).toBe(true);
});

test("the date of the next refresh moves on when every host has been built, to the earliest of them", async () => {
  await gate().isDue(HOST, now);
  await build(HOST, ["VC1"], { nextRefreshAt: new Date("2026-01-05T14:30:09Z") });
  await gate().advance();
  expect(await brokers.redisClient.get("test-next_refresh_date")).toBe("01/05/2026, 10:00:00");
  await build("vco2.example.net", ["VC2"]);
  await gate().advance();
  expect(await brokers.redisClient.get("test-next_refresh_date")).toBe("01/05/2026, 14:00:00");
});

test("deleting the date makes every host due once", async () => {
  await build(HOST, ["VC1"]);
  await build("vco2.example.net", ["VC2"]);
  await gate().advance();
  await brokers.redisClient.del("test-next_refresh_date");
  const soon = new Date("2026-01-05T11:00:00Z");
  expect(await gate().isDue(HOST, soon)).toBe(true);
  expect(await gate().isDue("vco2.example.net", soon)).toBe(true);
  await build(HOST, ["VC1"], { builtAt: soon });
  expect(await gate().isDue(HOST, soon)).toBe(false);
  expect(await gate().isDue("vco2.example.net", soon)).toBe(true);
});

test("a list is parsed once, and again when another replica has built a newer one", async () => {
  const read = store();
  let loads = 0;
  const load = (host: string) => {
    loads += 1;
    return read.load(host);
  };
  const present = loadedCaches({ ...read, load }, [HOST]);
  expect((await present()).size).toBe(0);
  await build(HOST, ["VC1"]);
  loads = 0;
  const first = await present();
  expect(await present()).toBe(first);
  await Promise.all([present(), present(), present()]);
  expect(loads).toBe(1);
  await build(HOST, ["VC1", "VC2"]);
  expect((await present()).get(HOST)).toHaveLength(2);
});

test("a list that the existing fleet has stored is served until it is replaced", async () => {
  const present = loadedCaches(store(), [HOST]);
  await brokers.redisClient.set(`test-${HOST}`, JSON.stringify([cachedEdgeOf("VC1")]));
  expect((await present()).get(HOST)).toMatchObject([{ entry: { serial_number: "VC1" } }]);
  await build(HOST, ["VC2"]);
  expect((await present()).get(HOST)).toMatchObject([{ entry: { serial_number: "VC2" } }]);
});

test("while Redis is away, what is in memory is served; with nothing in memory it is an error", async () => {
  const broken = { ...store(), facts: () => Promise.reject(new Error("away")) };
  await expect(loadedCaches(broken, [HOST])()).rejects.toThrow("away");
  await build(HOST, ["VC1"]);
  const flaky = { ...store() };
  const present = loadedCaches(flaky, [HOST]);
  const before = await present();
  flaky.facts = broken.facts;
  expect(await present()).toBe(before);
});
