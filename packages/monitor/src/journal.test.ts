import { startRedis } from "@trunkline/brokers";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { type Journal, openJournal } from "./journal.ts";

let broker: Awaited<ReturnType<typeof startRedis>>;
let redis: Redis;
let journal: Journal;

beforeAll(async () => {
  broker = await startRedis();
  redis = new Redis(broker.url);
});
afterAll(async () => {
  redis.disconnect();
  await broker.stop();
});
beforeEach(async () => {
  await redis.flushall();
  journal = openJournal({ redis, prefix: "test", decision: "VC100" });
});

it("does a step once and gives later attempts what it came to", async () => {
  const run = vi.fn(async () => ({ ticketId: 9001 }));
  await journal.once("create", run);
  const restarted = openJournal({ redis, prefix: "test", decision: "VC100" });
  expect(await restarted.once("create", run)).toEqual({ ticketId: 9001 });
  expect(run).toHaveBeenCalledTimes(1);
});

it("does a step again that failed", async () => {
  await expect(journal.once("create", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect(await journal.has("create")).toBe(false);
  expect(await journal.once("create", async () => 1)).toBe(1);
  expect(await journal.has("create")).toBe(true);
});

it("keeps decisions, steps and environments apart", async () => {
  await journal.once("create", async () => "first");
  const others = [
    openJournal({ redis, prefix: "test", decision: "VC200" }),
    openJournal({ redis, prefix: "live", decision: "VC100" }),
  ];
  for (const other of others) expect(await other.once("create", async () => "second")).toBe("second");
  expect(await journal.once("note", async () => "third")).toBe("third");
});

it("agrees with whoever recorded the step first", async () => {
  const { promise: recorded, resolve: go } = Promise.withResolvers<void>();
  const slow = journal.once("create", async () => {
    await recorded;
    return "late";
  });
  const other = openJournal({ redis, prefix: "test", decision: "VC100" });
  await vi.waitFor(async () => expect(await other.once("create", async () => "early")).toBe("early"));
  go();
  expect(await slow).toBe("early");
});

it("remembers answers without a value", async () => {
  const run = vi.fn(async () => null);
  await journal.once("reply", run);
  expect(await journal.once("reply", run)).toBeNull();
  expect(run).toHaveBeenCalledTimes(1);
});

it("forgets in a week, or in an hour once all is done", async () => {
  await journal.once("create", async () => 1);
  const [key = ""] = await redis.keys("test:*");
  expect(await redis.ttl(key)).toBeGreaterThan(6 * 24 * 3600);
  await journal.close();
  expect(await redis.ttl(key)).toBeLessThanOrEqual(3600);
  expect(await journal.has("create")).toBe(true);
});
