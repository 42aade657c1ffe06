import type { Clock } from "@trunkline/clock";
import { DelayedError, type Job, UnrecoverableError, Worker } from "bullmq";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import type { z } from "zod";
import { backoffMs } from "./backoff.ts";
import type { JobMetrics, JobOutcome } from "./job-metrics.ts";
import type { StoredJob } from "./kind-queue.ts";
import type { JobContext, JobKind, WorkOptions } from "./types.ts";

export interface KindWorker {
  /** @param graceMs after so long the signals of running jobs fire; without it they may take as long as they need */
  stop(graceMs?: number): Promise<void>;
}

export interface KindWorkerOptions extends WorkOptions {
  readonly connection: Redis;
  readonly prefix: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: JobMetrics;
  /** How long a worker may be silent before its job is given to another. */
  readonly lockMs: number;
}

type Handler<D extends z.ZodType> = (data: z.output<D>, context: JobContext) => Promise<void>;

const DEFAULT_ATTEMPTS = 10;
const DEFAULT_CONCURRENCY = 8;

/** The worker's side of one kind of jobs. */
export async function startKindWorker<D extends z.ZodType>(
  kind: JobKind<D>,
  handler: Handler<D>,
  options: KindWorkerOptions,
): Promise<KindWorker> {
  const { connection, prefix, lockMs, logger, concurrency = DEFAULT_CONCURRENCY } = options;
  const attempt = attemptOf(kind, handler, options);
  const worker = new Worker<StoredJob, void, string>(
    kind.name,
    // BullMQ hands a signal only to a function that declares three parameters.
    (job, token, signal) => attempt(job, token, signal ?? new AbortController().signal),
    {
      connection,
      prefix,
      concurrency,
      lockDuration: lockMs,
      stalledInterval: lockMs / 2,
      // Stalls count as attempts, which `attemptOf` limits.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      runRetryDelay: 1_000,
      settings: { backoffStrategy: backoffMs },
    },
  );
  // The connection reports its own troubles; what remains are jobs lost to another replica.
  worker.on("error", (error) => logger.debug({ err: error, kind: kind.name }, "trouble in a queue"));
  worker.on("lockRenewalFailed", (ids) => {
    for (const id of ids) worker.cancelJob(id, "the job was given to another worker");
  });
  reportOutcomes(worker, kind.name, options);
  await worker.waitUntilReady();
  return {
    stop: async (graceMs) => {
      const cancel = () => worker.cancelAllJobs("the service stops");
      const abort = graceMs === undefined ? undefined : setTimeout(cancel, graceMs);
      try {
        await worker.close();
      } finally {
        clearTimeout(abort);
      }
    },
  };
}

function attemptOf<D extends z.ZodType>(kind: JobKind<D>, handler: Handler<D>, options: KindWorkerOptions) {
  const { clock, logger, metrics, attempts = DEFAULT_ATTEMPTS } = options;
  return async (job: Job<StoredJob>, token: string | undefined, signal: AbortSignal): Promise<void> => {
    const { key, dueAt, data } = job.data;
    const lateMs = clock.now().getTime() - Date.parse(dueAt);
    if (lateMs < 0) await putBack(job, token, -lateMs);
    const attempt = attemptNumber(job);
    if (attempt > attempts) throw new UnrecoverableError(`given up: its worker died in attempt ${attempts}`);
    if (attempt === 1) metrics.lateness.observe({ kind: kind.name }, lateMs / 1000);
    const parsed = kind.data.safeParse(data);
    // Left by another version; no later attempt can do better.
    if (!parsed.success) throw new UnrecoverableError(`invalid data: ${parsed.error.message}`);
    const end = metrics.seconds.startTimer({ kind: kind.name });
    try {
      await handler(parsed.data, { key, attempt, signal, logger: logger.child({ job: kind.name, key, attempt }) });
    } catch (error) {
      if (attempt < attempts) throw error;
      throw new UnrecoverableError(error instanceof Error ? error.message : String(error));
    } finally {
      end();
    }
  };
}

/** BullMQ's own timer follows the machine's clock and was ahead of ours. */
async function putBack(job: Job<StoredJob>, token: string | undefined, waitMs: number): Promise<never> {
  await job.moveToDelayed(Date.now() + waitMs, token);
  throw new DelayedError();
}

/** Counts failed attempts and attempts whose worker died, and leaves out early looks, which BullMQ counts as starts. */
function attemptNumber(job: Job<StoredJob>): number {
  return job.attemptsMade + job.stalledCounter + 1;
}

function reportOutcomes(worker: Worker<StoredJob, void, string>, kind: string, options: KindWorkerOptions): void {
  const { logger, metrics } = options;
  const count = (outcome: JobOutcome) => metrics.processed.inc({ kind, outcome });
  worker.on("completed", () => count("completed"));
  worker.on("stalled", (id) => {
    count("stalled");
    logger.warn({ job: kind, id }, "a worker died over a job, which is tried again");
  });
  worker.on("failed", (job, error) => {
    const facts = { job: kind, key: job?.data.key, attempts: job?.attemptsMade, err: error };
    if (job !== undefined && job.finishedOn === undefined) {
      count("retried");
      logger.warn(facts, "a job failed and is tried again");
    } else {
      count("failed");
      logger.error(facts, "a job failed for good");
    }
  });
}
