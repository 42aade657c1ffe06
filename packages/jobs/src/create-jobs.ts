import type { Clock } from "@trunkline/clock";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import { producerConnection, warnAboutEviction, workerConnection } from "./connections.ts";
import { jobMetrics } from "./job-metrics.ts";
import { type JobCounts, type KindQueue, openKindQueue } from "./kind-queue.ts";
import { type KindWorker, startKindWorker } from "./kind-worker.ts";
import { joined } from "./outstanding.ts";
import type { JobKind, JobsOwner } from "./types.ts";

export interface JobsOptions {
  /** A connection is duplicated, not used itself. */
  readonly redis: Redis | string;
  /** Before the kind in every key: keeps environments that share a Redis apart. */
  readonly prefix: string;
  /** Says when a job is due. */
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Registry;
  /**
   * How long a worker may be silent before its jobs are given to another. A job of a killed worker begins again
   * within one and a half of it.
   *
   * @default 10_000 milliseconds
   */
  readonly lockMs?: number;
}

const SCRAPE_MS = 1_000;

/** Delayed work on BullMQ; connections open with the first use of a kind. */
export function createJobs(options: JobsOptions): JobsOwner {
  const { redis, prefix, clock, lockMs = 10_000 } = options;
  const logger = options.logger.child({ component: "jobs" });
  const queues = new Map<string, KindQueue>();
  const workers: KindWorker[] = [];
  const metrics = jobMetrics(options.metrics, () => countsOf(queues));
  const producer = lazy(() => {
    const connection = producerConnection(redis, logger);
    warnAboutEviction(connection, logger).catch(() => undefined);
    return connection;
  });
  const consumer = lazy(() => workerConnection(redis, logger));

  const queueOf = (kind: JobKind): KindQueue => {
    const known = queues.get(kind.name);
    if (known !== undefined) return known;
    const queue = openKindQueue(kind, { connection: producer.get(), prefix, clock });
    queues.set(kind.name, queue);
    return queue;
  };
  const stopWork = async (graceMs?: number) => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop(graceMs)));
  };

  return {
    schedule: (kind, job) => queueOf(kind).schedule(job),
    cancel: (kind, key) => queueOf(kind).cancel(key),
    work: async (kind, handler, workOptions) => {
      queueOf(kind);
      const connection = consumer.get();
      const shared = { connection, prefix, clock, logger, metrics, lockMs };
      workers.push(await startKindWorker(kind, handler, { ...shared, ...workOptions }));
    },
    promoteDue: async () => {
      const promoted = await Promise.all([...queues.values()].map((queue) => queue.promoteDue()));
      return promoted.reduce((sum, count) => sum + count, 0);
    },
    outstanding: async () => joined(await Promise.all([...queues.values()].map((queue) => queue.outstanding()))),
    stopWork,
    close: async () => {
      await stopWork();
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      for (const connection of [producer, consumer]) connection.opened()?.disconnect();
    },
  };
}

/** Counts of the kinds that Redis tells in time: a scrape is not held up by a Redis that is away. */
async function countsOf(queues: ReadonlyMap<string, KindQueue>): Promise<Map<string, JobCounts>> {
  const counts = new Map<string, JobCounts>();
  const ask = async ([kind, queue]: [string, KindQueue]) => {
    const found = await Promise.race([queue.counts(), after(SCRAPE_MS)]).catch(() => undefined);
    if (found !== undefined) counts.set(kind, found);
  };
  await Promise.all([...queues].map(ask));
  return counts;
}

function after(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, undefined).unref());
}

function lazy<T>(open: () => T): { get(): T; opened(): T | undefined } {
  let value: T | undefined;
  return {
    get: () => {
      value ??= open();
      return value;
    },
    opened: () => value,
  };
}
