import { randomUUID } from "node:crypto";
import type { Clock } from "@trunkline/clock";
import { type Job, Queue } from "bullmq";
import type { Redis } from "ioredis";
import { InvalidJob, JobsUnavailable } from "./errors.ts";
import { outstandingOf } from "./outstanding.ts";
import type { JobKind, OutstandingJobs } from "./types.ts";

/** A job as Redis keeps it. */
export interface StoredJob {
  readonly key: string;
  /** ISO 8601; the truth about when to run, because the clock may not be the machine's. */
  readonly dueAt: string;
  readonly data: unknown;
}

/** Jobs of one kind, over all replicas. */
export interface JobCounts {
  /** Neither running nor done: due and delayed ones. */
  readonly waiting: number;
  /** Of these, the ones whose time has not come. */
  readonly delayed: number;
  readonly active: number;
  /** Given up, and kept to be looked at. */
  readonly failed: number;
}

export interface KindQueue {
  schedule(job: { readonly key: string; readonly dueAt: Date; readonly data: unknown }): Promise<boolean>;
  cancel(key: string): Promise<boolean>;
  promoteDue(): Promise<number>;
  counts(): Promise<JobCounts>;
  outstanding(): Promise<OutstandingJobs>;
  close(): Promise<void>;
}

export interface KindQueueOptions {
  readonly connection: Redis;
  readonly prefix: string;
  readonly clock: Clock;
}

const KEPT_FAILED_JOBS = 1_000;
const PAGE = 500;

/** The producer's side of one kind of jobs. */
export function openKindQueue(kind: JobKind, { connection, prefix, clock }: KindQueueOptions): KindQueue {
  const queue = new Queue<StoredJob, void, string>(kind.name, { connection, prefix });
  // The connection reports its own troubles; a queue without a listener would throw them.
  queue.on("error", () => undefined);
  const reach = <T>(work: Promise<T>) =>
    work.catch((cause: unknown) => {
      throw new JobsUnavailable(kind.name, cause);
    });
  return {
    schedule: async ({ key, dueAt, data }) => {
      const checked = kind.data.safeParse(data);
      if (!checked.success) throw new InvalidJob(kind.name, key, checked.error.message);
      const id = `job-${randomUUID()}`;
      const job = await reach(
        queue.add(
          kind.name,
          { key, dueAt: dueAt.toISOString(), data },
          {
            jobId: id,
            // BullMQ keeps the key until the job has completed or failed for good.
            deduplication: { id: key },
            delay: Math.max(0, dueAt.getTime() - clock.now().getTime()),
            // The worker decides when it is enough, see kind-worker.ts.
            attempts: Number.MAX_SAFE_INTEGER,
            backoff: { type: "custom" },
            removeOnComplete: true,
            removeOnFail: { count: KEPT_FAILED_JOBS },
          },
        ),
      );
      return job.id === id;
    },
    cancel: async (key) => {
      const id = await reach(queue.getDeduplicationJobId(key));
      return id !== null && (await reach(queue.remove(id))) === 1;
    },
    promoteDue: async () => {
      const due = (await reach(delayedJobs(queue))).filter((job) => isFirstAttemptDue(job, clock));
      const promoted = await Promise.all(due.map((job) => promote(job)));
      return promoted.filter(Boolean).length;
    },
    // One look over all states: a job that moves between two of them is not missed.
    outstanding: async () => {
      const jobs = await reach(queue.getJobs(["active", "waiting", "delayed", "prioritized"]));
      return outstandingOf(
        kind.name,
        jobs.map((job) => job?.data),
        clock.now(),
      );
    },
    counts: async () => {
      const {
        waiting = 0,
        delayed = 0,
        active = 0,
        failed = 0,
      } = await reach(queue.getJobCounts("waiting", "delayed", "active", "failed"));
      return { waiting: waiting + delayed, delayed, active, failed };
    },
    close: () => queue.close(),
  };
}

async function delayedJobs(queue: Queue<StoredJob, void, string>): Promise<Job<StoredJob>[]> {
  const found: Job<StoredJob>[] = [];
  for (let start = 0; ; start += PAGE) {
    const page = await queue.getDelayed(start, start + PAGE - 1);
    found.push(...page);
    if (page.length < PAGE) return found;
  }
}

/** The wait before a second attempt is counted in real time: it is there for a third party to recover. */
function isFirstAttemptDue(job: Job<StoredJob>, clock: Clock): boolean {
  return job.attemptsMade === 0 && Date.parse(job.data.dueAt) <= clock.now().getTime();
}

async function promote(job: Job<StoredJob>): Promise<boolean> {
  try {
    await job.promote();
    return true;
  } catch {
    // Its own time came, or it was taken back, since it was listed.
    return false;
  }
}
