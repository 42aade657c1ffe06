import { startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { refreshGate } from "./refresh-gate.ts";
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

const gate = () =>
  refreshGate({ redis: brokers.redisClient, environment: "test", dateKey: "next_refresh_date", lists, store });

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
