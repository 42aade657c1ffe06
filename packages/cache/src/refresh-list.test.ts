import { movableClock, startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { pino } from "pino";
import { Registry } from "prom-client";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { cacheMetrics } from "./cache-metrics.ts";
import { type CacheStore, cacheStore } from "./cache-store.ts";
import { duplicatesReport } from "./duplicate-inventories.ts";
import { refreshGate } from "./refresh-gate.ts";
import { type RefreshParts, type Replacement, refreshList } from "./refresh-list.ts";
import { refreshReport } from "./refresh-report.ts";
import { listeningBus } from "./testing/listening-bus.ts";
import { naming, type Probe, probe, probeOf } from "./testing/probe.ts";

const now = new Date("2026-01-05T10:00:00Z");
const interval = 3_600;
const away = { subject: "hawkeye.probe.request", status: 504, transient: true };
const lists = ["north"];

let brokers: TestBrokers;
let store: CacheStore<Probe>;
let parts: RefreshParts<Probe>;
let heard: { body: unknown }[];
let replacements: Replacement<Probe>[];
const clock = movableClock(now);

beforeAll(async () => {
  brokers = await startTestBrokers();
});
afterAll(() => brokers.stop());
beforeEach(async () => {
  const redis = brokers.redisClient;
  await redis.flushall();
  clock.set(now);
  const listening = listeningBus();
  heard = listening.heard;
  replacements = [];
  store = cacheStore({ redis, environment: "test", schema: probe });
  const people = { bus: listening.bus, redis, environment: "test", naming };
  parts = {
    store,
    clock,
    interval,
    nouns: naming.nouns,
    gate: refreshGate({ redis, environment: "test", dateKey: "next", lists, store }),
    report: refreshReport({ ...people, interval }),
    duplicates: duplicatesReport({ ...people, recipient: undefined }),
    metrics: cacheMetrics({ metrics: new Registry(), store, lists, clock }),
    build: async () => ({ entries: [probeOf("P1")], duplicates: new Map() }),
    replaced: async (replacement) => void replacements.push(replacement),
  };
});

function refresh(changes: Partial<RefreshParts<Probe>> = {}, { fencingToken = 7, stop = new AbortController() } = {}) {
  const run = { signal: stop.signal, fencingToken, logger: pino({ level: "silent" }) };
  return refreshList("north", run, { ...parts, ...changes });
}

async function stored() {
  const { facts, entries } = await store.load("north");
  return { serials: entries?.map(({ serial }) => serial), next: facts?.nextRefreshAt.toISOString() };
}

test("a list that is due is built once, and what changed is told after it has", async () => {
  await refresh();
  await refresh({ build: () => Promise.reject(new Error("nobody asked")) });
  expect(await stored()).toEqual({ serials: ["P1"], next: "2026-01-05T11:00:00.000Z" });
  expect(replacements).toEqual([{ list: "north", before: [], after: [probeOf("P1")], now }]);
  expect(heard).toEqual([]);
});

test("a build gets the list before, and what it holds is replaced", async () => {
  await refresh();
  clock.advance(interval * 1000);
  await refresh({
    build: async ({ previous }) => ({ entries: [...previous.slice(1), probeOf("P2")], duplicates: new Map() }),
  });
  expect(await stored()).toEqual({ serials: ["P2"], next: "2026-01-05T12:00:00.000Z" });
});

test("a build without a result leaves the list, which stays due, and people hear why", async () => {
  await refresh();
  clock.advance(interval * 1000);
  await refresh({
    async build({ problems }) {
      problems.failed(away);
      return undefined;
    },
  });
  expect(await stored()).toEqual({ serials: ["P1"], next: "2026-01-05T11:00:00.000Z" });
  expect(heard.map(({ body }) => body)).toEqual([
    {
      message:
        "[probe-cache] Cache for site north was not refreshed in TEST environment, " +
        "it stays as of 2026-01-05 10:00 UTC (1 probe):\n• hawkeye.probe.request answered 504",
    },
  ]);
  expect(replacements).toHaveLength(1);
  await refresh();
  expect((await stored()).next).toBe("2026-01-05T12:00:00.000Z");
});

test("a build with problems that may pass is repeated after an eighth of the interval", async () => {
  await refresh({
    async build({ problems }) {
      problems.failed(away, "P2");
      return { entries: [probeOf("P1")], duplicates: new Map() };
    },
  });
  expect(await stored()).toEqual({ serials: ["P1"], next: "2026-01-05T10:07:30.000Z" });
});

test("a build after which much is not watched at all is repeated sooner", async () => {
  const nine = Array.from({ length: 9 }, (_, number) => probeOf(`K${number}`));
  const lacking = (missing: number): RefreshParts<Probe>["build"] => {
    return async ({ problems }) => {
      problems.failed(away);
      for (let number = 0; number < missing; number += 1) problems.stale(`M${number}`, false);
      return { entries: nine, duplicates: new Map() };
    };
  };
  await refresh({ build: lacking(2) });
  expect((await stored()).next).toBe("2026-01-05T10:01:15.000Z");
  clock.advance(interval * 1000);
  await refresh({ build: lacking(1) });
  expect((await stored()).next).toBe("2026-01-05T11:07:30.000Z");
});

test("a build that throws leaves the list, which stays due", async () => {
  await expect(refresh({ build: () => Promise.reject(new Error("broken")) })).rejects.toThrow("broken");
  expect(await stored()).toEqual({ serials: undefined, next: undefined });
  await refresh();
  expect((await stored()).serials).toEqual(["P1"]);
});

test("a run that lost its lease stores nothing and tells nobody what has changed", async () => {
  const stop = new AbortController();
  const build: RefreshParts<Probe>["build"] = async () => {
    stop.abort(new Error("the lease was lost"));
    return { entries: [probeOf("P9")], duplicates: new Map() };
  };
  await expect(refresh({ build }, { stop })).rejects.toThrow("the lease was lost");
  expect((await stored()).serials).toBeUndefined();
  expect(replacements).toEqual([]);
});

test("a run that did not notice is stopped by the fence", async () => {
  const build: RefreshParts<Probe>["build"] = async () => {
    await refresh({}, { fencingToken: 8 });
    return { entries: [probeOf("P9")], duplicates: new Map() };
  };
  await expect(refresh({ build })).rejects.toThrow("north was built meanwhile under a newer lease than 7");
  expect((await stored()).serials).toEqual(["P1"]);
  expect(replacements).toHaveLength(1);
  expect(heard).toEqual([]);
});
