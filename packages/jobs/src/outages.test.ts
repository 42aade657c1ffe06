import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type Broker, startRedis } from "@trunkline/brokers";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type Opened, openJobs, processed, recheck, serial, soon } from "./fixtures/open-jobs.ts";
import { type JobContext, JobsUnavailable } from "./index.ts";

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

test("a job whose worker is killed begins again elsewhere, as its second attempt", async () => {
  const lockMs = 2_000;
  const { jobs, metrics, prefix } = open({ lockMs });
  await jobs.schedule(recheck, { key: "a", dueAt: soon(), data: serial });
  const child = await holdJob(prefix, lockMs);
  const contexts: JobContext[] = [];
  await jobs.work(recheck, async (_, context) => {
    contexts.push(context);
  });
  child.kill("SIGKILL");
  const killedAt = Date.now();
  await vi.waitFor(() => expect(contexts).toHaveLength(1));
  expect(Date.now() - killedAt).toBeLessThan(lockMs * 1.5 + 10_000);
  expect(contexts[0]).toMatchObject({ key: "a", attempt: 2 });
  expect(await processed(metrics, "stalled")).toBe(1);
});

test("a job that kills its worker again and again is given up", { timeout: 30_000 }, async () => {
  const lockMs = 1_000;
  const { jobs, metrics, prefix } = open({ lockMs });
  await jobs.schedule(recheck, { key: "poison", dueAt: soon(), data: serial });
  const child = await holdJob(prefix, lockMs);
  child.kill("SIGKILL");
  const handler = vi.fn(async () => undefined);
  await jobs.work(recheck, handler, { attempts: 1 });
  await vi.waitFor(async () => expect(await processed(metrics, "failed")).toBe(1), { timeout: 10_000 });
  expect(handler).not.toHaveBeenCalled();
});

test("a worker that was taken for dead learns that its job was given to another", async () => {
  const { jobs, prefix } = open({ lockMs: 1_000 });
  const taken: AbortSignal[] = [];
  await jobs.work(recheck, async (_, { signal }) => {
    taken.push(signal);
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
  });
  await jobs.schedule(recheck, { key: "a", dueAt: soon(), data: serial });
  await vi.waitFor(() => expect(taken).toHaveLength(1));
  const redis = new Redis(broker.url);
  const [lock = ""] = await redis.keys(`${prefix}:recheck:*:lock`);
  await redis.del(lock);
  await vi.waitFor(() => expect(taken[0]?.aborted).toBe(true), { timeout: 3_000 });
  // The job itself comes again, here because nobody else is there.
  await vi.waitFor(() => expect(taken).toHaveLength(2), { timeout: 5_000 });
  await jobs.stopWork(0);
  redis.disconnect();
});

test("jobs, and the worker that waits for them, survive a Redis that is killed", { timeout: 30_000 }, async () => {
  await using own = await ownRedis();
  const { jobs } = own;
  const begun: string[] = [];
  await jobs.work(recheck, async (_, { key }) => {
    begun.push(key);
  });
  await jobs.schedule(recheck, { key: "before", dueAt: soon(1_500), data: serial });
  await own.broker.kill();
  await expect(jobs.schedule(recheck, { key: "during", dueAt: soon(), data: serial })).rejects.toThrow(JobsUnavailable);
  await own.broker.restart();
  await vi.waitFor(() => expect(begun).toContain("before"), { timeout: 10_000 });
  await vi.waitFor(() => jobs.schedule(recheck, { key: "after", dueAt: soon(), data: serial }), { timeout: 5_000 });
  await vi.waitFor(() => expect(begun).toContain("after"), { timeout: 5_000 });
});

async function ownRedis() {
  const redis = await startRedis();
  const { jobs } = openJobs(redis.url);
  return {
    jobs,
    broker: redis,
    [Symbol.asyncDispose]: async () => {
      await jobs.close();
      await redis.stop();
    },
  };
}

async function holdJob(prefix: string, lockMs: number): Promise<ChildProcess> {
  const file = join(import.meta.dirname, "fixtures/job-holder.ts");
  const child = fork(file, [broker.url, prefix, String(lockMs)]);
  await once(child, "message");
  return child;
}
