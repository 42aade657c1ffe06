import { type Broker, startRedis } from "@trunkline/brokers";
import { Redis } from "ioredis";
import { pino } from "pino";
import { Registry } from "prom-client";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { LeaseLost } from "../errors.ts";
import type { ScheduledRun } from "../types.ts";
import { createSchedules, type Schedules } from "./schedules.ts";

let broker: Broker;
let redis: Redis;
let services = 0;
const running: Schedules[] = [];

beforeAll(async () => {
  broker = await startRedis();
  redis = new Redis(broker.url);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((schedules) => schedules.stop(0)));
});
afterAll(async () => {
  redis.disconnect();
  await broker.stop();
});

interface Replica {
  readonly schedules: Schedules;
  readonly metrics: Registry;
  readonly name: string;
}

/** Replicas of one service that nobody else uses. */
function replicas(count: number, connection = redis): [Replica, ...Replica[]] {
  services += 1;
  const service = `service-${services}`;
  const all = Array.from({ length: count }, (_, index) => {
    const metrics = new Registry();
    const schedules = createSchedules({
      service,
      declared: ["sweep"],
      environment: "test",
      timezone: "US/Eastern",
      redis: connection,
      logger: pino({ level: "silent" }),
      metrics,
    });
    running.push(schedules);
    return { schedules, metrics, name: `replica ${index}` };
  });
  return all as [Replica, ...Replica[]];
}

/** The value of the series that has all these labels, or 0. */
async function metric(registry: Registry, name: string, labels: Record<string, string>): Promise<number> {
  const found = (await registry.getMetricsAsJSON()).find((one) => one.name === name);
  const matches = found?.values.find((one) =>
    Object.entries(labels).every(([key, value]) => one.labels[key] === value),
  );
  return matches?.value ?? 0;
}

const untilAborted = ({ signal }: ScheduledRun) =>
  new Promise<void>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

const second = () => Math.floor(Date.now() / 1000);

describe("ticks", () => {
  test("of three replicas one runs each tick, and tokens grow", async () => {
    const ticks: { tick: string | null; token: number }[] = [];
    const state = `test:schedule:service-${services + 1}:sweep:all:state`;
    for (const { schedules } of replicas(3)) {
      await schedules.add({ name: "sweep", every: 1 }, async ({ fencingToken }) => {
        ticks.push({ tick: await redis.hget(state, "tick"), token: fencingToken });
      });
      schedules.start();
    }
    await vi.waitFor(() => expect(ticks.length).toBeGreaterThanOrEqual(4), { timeout: 8_000 });
    expect(new Set(ticks.map(({ tick }) => tick)).size).toBe(ticks.length);
    expect(ticks.map(({ tick }) => tick)).not.toContain(null);
    const tokens = ticks.map(({ token }) => token);
    expect(tokens).toEqual([...new Set(tokens)].sort((a, b) => a - b));
  });

  test("keys have runs of their own, which spread over replicas", async () => {
    const ran = new Map<string, string>();
    const keys = Array.from({ length: 16 }, (_, index) => `vco${index}.example.net`);
    for (const { schedules, name } of replicas(2)) {
      for (const key of keys) {
        await schedules.add({ name: "sweep", key, every: 1 }, async () => {
          ran.set(key, name);
        });
      }
      schedules.start();
    }
    await vi.waitFor(() => expect(ran.size).toBe(keys.length), { timeout: 5_000 });
    expect(new Set(ran.values()).size).toBe(2);
  });

  test("a run that throws is counted and does not stop the next", async () => {
    const [{ schedules, metrics }] = replicas(1);
    let runs = 0;
    await schedules.add({ name: "sweep", every: 1 }, async () => {
      runs += 1;
      if (runs === 1) throw new Error("a bad day");
    });
    schedules.start();
    const success = () => metric(metrics, "schedule_last_success_timestamp_seconds", { schedule: "sweep", key: "all" });
    await vi.waitFor(async () => expect(await success()).toBeGreaterThan(second() - 5), { timeout: 5_000 });
    expect(await metric(metrics, "schedule_runs_total", { outcome: "failure" })).toBe(1);
  });

  test("a tick during a run is left out, here and on other replicas", async () => {
    const [first, other] = replicas(2);
    const gate = Promise.withResolvers<void>();
    const runs: string[] = [];
    await first.schedules.add({ name: "sweep", every: 1, atStart: true }, async () => {
      runs.push(first.name);
      await gate.promise;
    });
    first.schedules.start();
    await vi.waitFor(() => expect(runs).toEqual([first.name]));
    await other?.schedules.add({ name: "sweep", every: 1 }, async () => {
      runs.push("other");
    });
    other?.schedules.start();
    // The other replica gives the holder the time of one lease, here three seconds, to show that it lives.
    const overlaps = (replica: Replica | undefined) =>
      metric(replica?.metrics ?? new Registry(), "schedule_skips_total", { reason: "overlap" });
    await vi.waitFor(async () => expect(await overlaps(other)).toBeGreaterThan(0), { timeout: 6_000 });
    expect(await overlaps(first)).toBeGreaterThan(0);
    expect(runs).toEqual([first.name]);
    expect(await metric(first.metrics, "schedule_lease_held", { key: "all" })).toBe(1);
    gate.resolve();
    await vi.waitFor(() => expect(runs.length).toBeGreaterThan(1), { timeout: 4_000 });
  });
});

describe("at the start", () => {
  test("two replicas that start together run once, and the later one knows of the success", async () => {
    let runs = 0;
    const both = replicas(2);
    for (const { schedules } of both) {
      await schedules.add({ name: "sweep", every: "0 3 * * 0", atStart: true }, async () => {
        runs += 1;
      });
      schedules.start();
    }
    const skipped = async () => {
      const counts = both.map(({ metrics }) => metric(metrics, "schedule_skips_total", { schedule: "sweep" }));
      return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
    };
    // Whoever comes during the run itself gives it the time of a lease to show that its holder lives.
    await vi.waitFor(async () => expect([runs, await skipped()]).toEqual([1, 1]), { timeout: 12_000 });
  });

  test("nothing runs before the service is ready", async () => {
    const [{ schedules }] = replicas(1);
    const work = vi.fn(async () => undefined);
    await schedules.add({ name: "sweep", every: 1, atStart: true }, work);
    expect(work).not.toHaveBeenCalled();
    schedules.start();
    await vi.waitFor(() => expect(work).toHaveBeenCalled());
  });
});

describe("losing the lease", () => {
  test("fires the signal, and the run counts as lost even if it ends well", async () => {
    const [{ schedules, metrics }] = replicas(1);
    const reasons: unknown[] = [];
    await schedules.add({ name: "sweep", every: 1, atStart: true }, async (run) => {
      const [lease] = await redis.keys(`test:schedule:service-${services}:*:lease`);
      if (reasons.length === 0) await redis.set(lease ?? "", "somebody else");
      await untilAborted(run).catch((reason: unknown) => reasons.push(reason));
    });
    schedules.start();
    await vi.waitFor(() => expect(reasons).toEqual([expect.any(LeaseLost)]), { timeout: 4_000 });
    await vi.waitFor(async () => expect(await metric(metrics, "schedule_runs_total", { outcome: "lost" })).toBe(1));
  });

  test("without Redis nobody runs, and with it again they do", async () => {
    const own = await startRedis();
    const connection = new Redis(own.url, { maxRetriesPerRequest: 1, retryStrategy: () => 100 });
    connection.on("error", () => undefined);
    const [{ schedules, metrics }] = replicas(1, connection);
    let runs = 0;
    await schedules.add({ name: "sweep", every: 1 }, async () => {
      runs += 1;
    });
    schedules.start();
    await vi.waitFor(() => expect(runs).toBeGreaterThan(0), { timeout: 3_000 });
    await own.kill();
    const refused = () => metric(metrics, "schedule_skips_total", { reason: "no-lease" });
    await vi.waitFor(async () => expect(await refused()).toBeGreaterThan(0), { timeout: 4_000 });
    const before = runs;
    await own.restart();
    await vi.waitFor(() => expect(runs).toBeGreaterThan(before), { timeout: 6_000 });
    await schedules.stop(0);
    connection.disconnect();
    await own.stop();
  });
});

describe("stopping", () => {
  test("waits for a running run and begins no other", async () => {
    const [{ schedules }] = replicas(1);
    const begun = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    let ended = 0;
    await schedules.add({ name: "sweep", every: 1, atStart: true }, async ({ signal }) => {
      begun.resolve();
      await gate.promise;
      expect(signal.aborted).toBe(false);
      ended += 1;
    });
    schedules.start();
    await begun.promise;
    const stopped = schedules.stop(10_000);
    gate.resolve();
    await stopped;
    expect(ended).toBe(1);
    expect(await redis.keys(`test:schedule:service-${services}:*:lease`)).toEqual([]);
  });

  test("tells a run that takes longer than the grace to give up", async () => {
    const [{ schedules, metrics }] = replicas(1);
    const begun = Promise.withResolvers<void>();
    await schedules.add({ name: "sweep", every: 1, atStart: true }, async (run) => {
      begun.resolve();
      await untilAborted(run);
    });
    schedules.start();
    await begun.promise;
    await schedules.stop(50);
    expect(await metric(metrics, "schedule_runs_total", { outcome: "stopped" })).toBe(1);
  });
});

describe("adding", () => {
  test("what the definition does not declare, or what is there already, is refused", async () => {
    const [{ schedules }] = replicas(1);
    const work = async () => undefined;
    await expect(schedules.add({ name: "other", every: 1 }, work)).rejects.toThrow("schedule other is missing");
    await schedules.add({ name: "sweep", key: "a", every: 1 }, work);
    await expect(schedules.add({ name: "sweep", key: "a", every: 1 }, work)).rejects.toThrow("there already");
    await schedules.add({ name: "sweep", key: "b", every: 1 }, work);
  });
});
