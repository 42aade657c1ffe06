import { startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { loadedLists } from "./loaded-lists.ts";
import { probeOf } from "./testing/probe.ts";
import { type TestLists, testLists } from "./testing/test-lists.ts";

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

test("a list is parsed once, and again when another replica has built a newer one", async () => {
  const { store: counting, loads } = countingStore();
  const present = loadedLists({ store: counting, lists: ["north"] });
  expect((await present()).size).toBe(0);
  await build("north", ["P1"]);
  const before = loads();
  const first = await present();
  expect(await present()).toBe(first);
  await Promise.all([present(), present(), present()]);
  expect(loads()).toBe(before + 1);
  await build("north", ["P1", "P2"]);
  expect((await present()).get("north")).toHaveLength(2);
});

/** The store, and how often a list was read. */
function countingStore() {
  const read = store;
  let loads = 0;
  const load = (list: string) => {
    loads += 1;
    return read.load(list);
  };
  return { store: { ...read, load }, loads: () => loads };
}

test("a list that the existing fleet has stored is read once, and served until it is replaced", async () => {
  const { store: counting, loads } = countingStore();
  const present = loadedLists({ store: counting, lists: ["north"] });
  await brokers.redisClient.set("test-north", JSON.stringify([probeOf("P1")]));
  for (let request = 0; request < 3; request += 1) {
    expect((await present()).get("north")).toEqual([
      { entry: probeOf("P1"), lastContact: new Date("2026-01-05T09:59:00Z") },
    ]);
  }
  expect(loads()).toBe(1);
  await build("north", ["P2"]);
  expect((await present()).get("north")).toMatchObject([{ entry: { serial: "P2" } }]);
});

test("while one list has never been built, the others are not arranged again for each request", async () => {
  let arranged = 0;
  const arrange = <Lists>(loaded: Lists) => {
    arranged += 1;
    return loaded;
  };
  const present = loadedLists({ store: store, lists, arrange });
  await build("north", ["P1"]);
  expect([...(await present()).keys()]).toEqual(["north"]);
  await present();
  expect(arranged).toBe(1);
  await build("south", ["P2"]);
  expect([...(await present()).keys()]).toEqual(["north", "south"]);
});

test("a list that is deleted is not there any more", async () => {
  const present = loadedLists({ store: store, lists });
  await build("north", ["P1"]);
  expect((await present()).size).toBe(1);
  await brokers.redisClient.flushall();
  expect((await present()).size).toBe(0);
  await build("north", ["P1"]);
  expect((await present()).size).toBe(1);
});

test("while Redis is away, what is in memory is served; with nothing in memory it is an error", async () => {
  const away = { ...store, facts: () => Promise.reject(new Error("away")) };
  await expect(loadedLists({ store: away, lists })()).rejects.toThrow("away");
  await build("north", ["P1"]);
  const flaky = { ...store };
  const present = loadedLists({ store: flaky, lists });
  const before = await present();
  flaky.facts = away.facts;
  expect(await present()).toBe(before);
});
