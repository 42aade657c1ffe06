import { type Broker, startRedis } from "@trunkline/brokers";
import { movableClock } from "@trunkline/clock";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { type Opened, openJobs, processed, recheck, serial, soon } from "./fixtures/open-jobs.ts";
import { InvalidJob } from "./index.ts";

let broker: Broker;
const opened: Opened[] = [];

beforeAll(async () => {
  broker = await startRedis();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ jobs }) => jobs.close()));
});
afterAll(() => broker.stop());

function open(options?: Parameters<typeof openJobs>[1]): Opened {
  const one = openJobs(broker.url, options);
  opened.push(one);
  return one;
}

describe("keys", () => {
  test("work with a key is put down once until it has been done, then the key is free", async () => {
    const { jobs, metrics } = open();
    const gate = Promise.withResolvers<void>();
    const taken: string[] = [];
    const job = { key: "vco1.example.net:VC05: link down/ä", dueAt: soon(100), data: serial };
    expect(await jobs.schedule(recheck, job)).toBe(true);
    expect(await jobs.schedule(recheck, { ...job, dueAt: soon(60_000) })).toBe(false);
    await jobs.work(recheck, async (data, { key }) => {
      taken.push(`${key} ${data.serial}`);
      await gate.promise;
    });
    await vi.waitFor(() => expect(taken).toEqual([`${job.key} ${serial.serial}`]));
    expect(await jobs.schedule(recheck, job)).toBe(false);
    gate.resolve();
    await vi.waitFor(async () => expect(await processed(metrics, "completed")).toBe(1));
    expect(await jobs.schedule(recheck, job)).toBe(true);
  });

  test("what is waiting can be taken back, what is running cannot", async () => {
    const { jobs } = open();
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    await jobs.schedule(recheck, { key: "later", dueAt: soon(60_000), data: serial });
    expect(await jobs.cancel(recheck, "later")).toBe(true);
    expect(await jobs.cancel(recheck, "later")).toBe(false);
    expect(await jobs.schedule(recheck, { key: "later", dueAt: soon(60_000), data: serial })).toBe(true);
    await jobs.schedule(recheck, { key: "now", dueAt: soon(), data: serial });
    await jobs.work(recheck, async () => {
      begun.resolve();
      await gate.promise;
    });
    await begun.promise;
    expect(await jobs.cancel(recheck, "now")).toBe(false);
    gate.resolve();
  });

  test("environments that share a Redis do not meet", async () => {
    const [one, other] = [open(), open()];
    const job = { key: "a", dueAt: soon(60_000), data: serial };
    expect(await one.jobs.schedule(recheck, job)).toBe(true);
    expect(await other.jobs.schedule(recheck, job)).toBe(true);
  });

  test("data that are not what the kind says are refused", async () => {
    const { jobs } = open();
    const job = { key: "a", dueAt: soon(), data: { serial: 5 } as unknown as typeof serial };
    await expect(jobs.schedule(recheck, job)).rejects.toThrow(InvalidJob);
  });
});

describe("time", () => {
  test("jobs begin when they are due, each in its own time", async () => {
    const { jobs } = open();
    const begun: [string, number][] = [];
    await jobs.work(recheck, async (_, { key }) => {
      begun.push([key, Date.now()]);
    });
    const due = { late: soon(600), early: soon(200) };
    for (const [key, dueAt] of Object.entries(due)) await jobs.schedule(recheck, { key, dueAt, data: serial });
    await vi.waitFor(() => expect(begun.map(([key]) => key)).toEqual(["early", "late"]));
    for (const [key, at] of begun) expect(at - due[key as "late" | "early"].getTime()).toBeGreaterThanOrEqual(0);
  });

  test("a clock that stands still holds jobs back, and one that moved forward lets them go when told so", async () => {
    const clock = movableClock(new Date("2026-01-01T00:00:00Z"));
    const { jobs } = open({ clock });
    const begun: string[] = [];
    await jobs.work(recheck, async (_, { key }) => {
      begun.push(key);
    });
    const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
    await jobs.schedule(recheck, { key: "soon", dueAt: new Date(clock.now().getTime() + 50), data: serial });
    await jobs.schedule(recheck, { key: "ten", dueAt: at(10), data: serial });
    await jobs.schedule(recheck, { key: "hour", dueAt: at(3600), data: serial });
    await jobs.schedule(recheck, { key: "past", dueAt: at(-1), data: serial });
    await untilRealTimeHasPassed(150);
    // BullMQ's own timer for the first went off in between; the job was put back.
    expect(begun).toEqual(["past"]);
    expect(await jobs.promoteDue()).toBe(0);
    clock.advance(10_000);
    // One that is just being put back is due at the next look.
    await vi.waitFor(async () => {
      await jobs.promoteDue();
      expect(begun.sort()).toEqual(["past", "soon", "ten"]);
    });
  });
});

describe("what is outstanding", () => {
  test("is what is due and not done, running or not, and when the next one is due", async () => {
    const clock = movableClock(new Date("2026-01-01T00:00:00Z"));
    const { jobs } = open({ clock });
    const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
    expect(await jobs.outstanding()).toEqual({ due: [], next: undefined });
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    await jobs.work(recheck, async () => {
      begun.resolve();
      await gate.promise;
    });
    await jobs.schedule(recheck, { key: "now", dueAt: at(0), data: serial });
    for (const seconds of [90, 60])
      await jobs.schedule(recheck, { key: `${seconds}`, dueAt: at(seconds), data: serial });
    await begun.promise;
    expect(await jobs.outstanding()).toEqual({ due: ["recheck now"], next: at(60) });
    gate.resolve();
    await vi.waitFor(async () => expect((await jobs.outstanding()).due).toEqual([]));
    clock.set(at(60));
    expect(await jobs.outstanding()).toEqual({ due: ["recheck 60"], next: at(90) });
  });
});

describe("failures", () => {
  test("a failed attempt is repeated later and says which one it is", async () => {
    const { jobs, metrics } = open();
    const attempts: number[] = [];
    await jobs.work(recheck, async (_, { attempt }) => {
      attempts.push(attempt);
      if (attempt === 1) throw new Error("not yet");
    });
    await jobs.schedule(recheck, { key: "a", dueAt: soon(), data: serial });
    await vi.waitFor(() => expect(attempts).toEqual([1, 2]), { timeout: 4_000 });
    expect(await processed(metrics, "retried")).toBe(1);
  });

  test("a job that failed for good is counted, logged and kept; its key is free", async () => {
    const lines: string[] = [];
    const { jobs, metrics, prefix } = open({ destination: { write: (line) => lines.push(line) } });
    await jobs.work(recheck, () => Promise.reject(new Error("never")), { attempts: 1 });
    const job = { key: "a", dueAt: soon(), data: serial };
    await jobs.schedule(recheck, job);
    await vi.waitFor(async () => expect(await processed(metrics, "failed")).toBe(1));
    expect(lines.join()).toContain("a job failed for good");
    const queue = new Queue("recheck", { connection: { url: broker.url }, prefix });
    const [kept] = await queue.getFailed();
    expect(kept).toMatchObject({ failedReason: "never", data: { key: "a", data: serial } });
    await queue.close();
    expect(await jobs.schedule(recheck, job)).toBe(true);
  });

  test("data that another version left are not tried again", async () => {
    const { jobs, metrics } = open();
    await jobs.schedule({ name: "recheck", data: z.unknown() }, { key: "old", dueAt: soon(), data: { old: true } });
    const handler = vi.fn(async () => undefined);
    await jobs.work(recheck, handler);
    await vi.waitFor(async () => expect(await processed(metrics, "failed")).toBe(1));
    expect(handler).not.toHaveBeenCalled();
  });
});

describe("what an operator sees", () => {
  test("how many jobs of each kind wait", async () => {
    const { jobs, metrics } = open();
    for (const key of ["a", "b"]) await jobs.schedule(recheck, { key, dueAt: soon(60_000), data: serial });
    await jobs.schedule(recheck, { key: "c", dueAt: soon(0), data: serial });
    const text = await metrics.metrics();
    for (const [state, count] of Object.entries({ waiting: 3, delayed: 2, active: 0, failed: 0 })) {
      expect(text).toContain(`jobs_${state}{kind="recheck"} ${count}`);
    }
  });

  test("a warning when Redis may throw jobs away", async () => {
    const admin = new Redis(broker.url);
    await admin.config("SET", "maxmemory-policy", "allkeys-lru");
    const lines: string[] = [];
    const { jobs } = open({ destination: { write: (line) => lines.push(line) } });
    await jobs.schedule(recheck, { key: "a", dueAt: soon(60_000), data: serial });
    await vi.waitFor(() => expect(lines.join()).toContain("set maxmemory-policy to noeviction"));
    await admin.config("SET", "maxmemory-policy", "noeviction");
    admin.disconnect();
  });
});

describe("stopping", () => {
  test("waits for a running job, whose signal fires after the grace", async () => {
    const { jobs } = open();
    const begun = Promise.withResolvers<void>();
    let ended = false;
    await jobs.work(recheck, async (_, { signal }) => {
      begun.resolve();
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      ended = true;
    });
    await jobs.schedule(recheck, { key: "a", dueAt: soon(), data: serial });
    await begun.promise;
    await jobs.stopWork(100);
    expect(ended).toBe(true);
    expect(await jobs.schedule(recheck, { key: "b", dueAt: soon(), data: serial })).toBe(true);
  });
});

/** A job on the machine's clock tells when the timers of others have gone off. */
async function untilRealTimeHasPassed(milliseconds: number): Promise<void> {
  const { jobs } = open();
  const passed = Promise.withResolvers<void>();
  await jobs.work(recheck, async () => passed.resolve());
  await jobs.schedule(recheck, { key: "timer", dueAt: soon(milliseconds), data: serial });
  await passed.promise;
}
