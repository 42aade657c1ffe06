import { movableClock } from "@trunkline/clock";
import { startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { Redis } from "ioredis";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createFoldStore } from "./fold-store.ts";
import { createFoldedAlerts, summaryOf } from "./folded-alerts.ts";

const WINDOW_MS = 300_000;
const T0 = new Date("2026-11-25T14:05:30Z");

let brokers: TestBrokers;
let tests = 0;

beforeAll(async () => {
  brokers = await startTestBrokers();
});
afterAll(() => brokers.stop());

let bench: ReturnType<typeof foldBench>;
beforeEach(() => {
  bench = foldBench();
});

/** Alerts of one channel over a real Redis, jobs that wait for `passTime`, and a Slack that may be down. */
function foldBench() {
  tests += 1;
  const clock = movableClock(T0);
  const store = createFoldStore(brokers.redisClient, `test-${tests}`);
  const posted: string[] = [];
  const told = new Map<string, string>();
  const waiting = new Map<string, { dueAt: Date; data: unknown }>();
  const state = { crashesAfterTelling: false, crashesBeforeNext: false };
  const make = () =>
    createFoldedAlerts({
      store: {
        ...store,
        next: async (...given) => {
          if (state.crashesBeforeNext) throw new Error("killed");
          await store.next(...given);
        },
      },
      jobs: {
        schedule: async (_, { key, dueAt, data }) => {
          if (state.crashesAfterTelling) throw new Error("killed");
          if (!waiting.has(key)) waiting.set(key, { dueAt, data });
          return true;
        },
      },
      clock,
      windowMs: WINDOW_MS,
      // As the stream does, which stores an id once.
      tell: async (text, id) => {
        if (told.has(id)) return;
        told.set(id, text);
        posted.push(text);
      },
      logger: pino({ level: "silent" }),
    });
  let sequence = 0;
  return {
    posted,
    state,
    waiting,
    redisKeys: () => brokers.redisClient.keys(`test-${tests}:*`),
    async alert(text: string, id = String(++sequence)) {
      await make().admit({ text, id }, async () => void posted.push(text));
    },
    /** Every job that became due runs, in a process that knows nothing but Redis. A failed one is tried again. */
    async passTime(ms: number) {
      clock.advance(ms);
      for (const [key, job] of [...waiting]) {
        if (job.dueAt > clock.now()) continue;
        const run = () => make().end(job.data as Parameters<ReturnType<typeof make>["end"]>[0]);
        await run().catch(async () => {
          state.crashesAfterTelling = false;
          state.crashesBeforeNext = false;
          await run();
        });
        waiting.delete(key);
      }
    },
  };
}

test("the first alert is posted at once, equal ones are counted and told when the window ends", async () => {
  const { alert, passTime, posted } = bench;
  await alert("down");
  await alert("down");
  await alert("another");
  await alert("down");
  expect(posted).toEqual(["down", "another"]);
  await passTime(WINDOW_MS);
  expect(posted.slice(2)).toEqual(["_The same 2 more times since 2026-11-25 14:05 UTC:_\ndown"]);
});

test("an alert that goes on is told once in each window", async () => {
  const { alert, passTime, posted } = bench;
  await alert("down");
  await alert("down");
  await passTime(WINDOW_MS);
  for (const _ of [1, 2, 3]) await alert("down");
  await passTime(WINDOW_MS);
  expect(posted).toEqual([
    "down",
    "_The same once more since 2026-11-25 14:05 UTC:_\ndown",
    "_The same 3 more times since 2026-11-25 14:10 UTC:_\ndown",
  ]);
});

test("after a window without it, the next alert is posted at once, and nothing is left in Redis", async () => {
  const { alert, passTime, posted, redisKeys } = bench;
  await alert("down");
  await passTime(WINDOW_MS);
  expect(await redisKeys()).toEqual([]);
  await alert("down");
  expect(posted).toEqual(["down", "down"]);
});

test("a delivery that is repeated counts once", async () => {
  const { alert, passTime, posted } = bench;
  await alert("down", "1");
  await alert("down", "1");
  await alert("down", "2");
  await alert("down", "2");
  await passTime(WINDOW_MS);
  expect(posted).toEqual(["down", "_The same once more since 2026-11-25 14:05 UTC:_\ndown"]);
});

test.each(["crashesAfterTelling", "crashesBeforeNext"] as const)(
  "no count is lost or told twice when the end of a window %s",
  async (crash) => {
    const { alert, passTime, posted, state } = bench;
    await alert("down");
    await alert("down");
    state[crash] = true;
    await passTime(WINDOW_MS);
    await alert("down");
    await alert("down");
    await passTime(WINDOW_MS);
    expect(posted.slice(1)).toEqual([
      "_The same once more since 2026-11-25 14:05 UTC:_\ndown",
      "_The same 2 more times since 2026-11-25 14:10 UTC:_\ndown",
    ]);
  },
);

test("a count whose job was lost is told with the next alert", async () => {
  const { alert, passTime, posted, waiting } = bench;
  await alert("down");
  await alert("down");
  waiting.clear();
  await passTime(10 * WINDOW_MS);
  await alert("down");
  await passTime(0);
  expect(posted[1]).toBe("_The same 2 more times since 2026-11-25 14:05 UTC:_\ndown");
});

test("an alert that could not be posted is not counted as posted", async () => {
  const { posted, alert } = bench;
  const { admit } = createFoldedAlerts({
    store: createFoldStore(brokers.redisClient, `test-${tests}`),
    jobs: { schedule: async () => true },
    clock: movableClock(T0),
    windowMs: WINDOW_MS,
    tell: async () => undefined,
    logger: pino({ level: "silent" }),
  });
  const down = () => Promise.reject(new Error("Slack is down"));
  await expect(admit({ text: "down", id: "1" }, down)).rejects.toThrow("Slack is down");
  await alert("down", "1");
  expect(posted).toEqual(["down"]);
});

test("without Redis every alert is posted", async () => {
  const away = new Redis({ port: 1, lazyConnect: true, enableOfflineQueue: false, retryStrategy: () => null });
  away.on("error", () => undefined);
  const posted: string[] = [];
  const { admit } = createFoldedAlerts({
    store: createFoldStore(away, "away"),
    jobs: { schedule: async () => true },
    clock: movableClock(T0),
    windowMs: WINDOW_MS,
    tell: async () => undefined,
    logger: pino({ level: "silent" }),
  });
  for (const id of ["1", "2"]) await admit({ text: "down", id }, async () => void posted.push(id));
  expect(posted).toEqual(["1", "2"]);
});

test("the count comes before the text", () => {
  expect(summaryOf("x".repeat(50_000), { count: 12, since: T0 })).toMatch(
    /^_The same 12 more times since 2026-11-25 14:05 UTC:_\nx/,
  );
});
