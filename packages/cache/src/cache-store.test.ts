import { startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { probeOf } from "./testing/probe.ts";
import { later, now, type TestLists, testLists } from "./testing/test-lists.ts";

let brokers: TestBrokers;
let store: TestLists["store"];
let build: TestLists["build"];

beforeAll(async () => {
  brokers = await startTestBrokers();
  ({ store, build } = testLists(brokers));
});
afterAll(() => brokers.stop());
beforeEach(() => brokers.redisClient.flushall());

const lists = ["north", "south"];

test("a list is stored where the existing fleet looks for it, with facts beside it", async () => {
  expect(await store.facts(["north"])).toEqual([undefined]);
  expect(await store.load("north")).toEqual({ facts: undefined, entries: undefined });
  expect(await store.anyStored(lists)).toBe(false);
  expect(await build("north", ["P1", "P2"])).toBe(true);
  const [facts] = await store.facts(["north"]);
  expect(facts).toEqual({ version: expect.any(String), builtAt: now, nextRefreshAt: later, entries: 2 });
  expect(await store.load("north")).toEqual({ facts, entries: [probeOf("P1"), probeOf("P2")] });
  expect(await brokers.redisClient.get("test-north")).toBe(JSON.stringify([probeOf("P1"), probeOf("P2")]));
  expect(await store.anyStored(lists)).toBe(true);
});

test.each([0, 1, 500, 501, 1203])("a list of %i comes back as it was stored, in its order", async (length) => {
  const serials = Array.from({ length }, (_, index) => `P${index}`);
  await build("north", serials);
  expect((await store.load("north")).entries).toEqual(serials.map(probeOf));
});

test("a build under an older lease does not replace a newer one", async () => {
  await build("north", ["P1"], { fencingToken: 8 });
  expect(await build("north", ["P2"], { fencingToken: 7 })).toBe(false);
  expect((await store.load("north")).entries).toEqual([probeOf("P1")]);
  expect(await build("north", ["P3"], { fencingToken: 8 })).toBe(true);
});

test.each([
  ["{", undefined],
  ['{"edges":[]}', undefined],
  ["null", undefined],
  ['[{"serial":7},{"serial":"P1","last_contact":null},null]', [{ serial: "P1", last_contact: null }]],
])("of %s, what cannot be read counts as not there", async (text, entries) => {
  await brokers.redisClient.mset("test-north", text, "test-north:built", "{");
  expect(await store.load("north")).toEqual({ facts: undefined, entries });
});
