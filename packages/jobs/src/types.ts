import type { Logger } from "pino";
import type { z } from "zod";

/** A kind of delayed work: one queue, one handler, one schema. */
export interface JobKind<Data extends z.ZodType = z.ZodType> {
  /** Also the queue's name, below the environment's prefix. It holds no colon. */
  readonly name: string;
  /** Travels as JSON: the input side of the schema must survive that (texts for dates). */
  readonly data: Data;
}

export interface JobContext {
  readonly key: string;
  /** 1 for the first attempt. A job whose worker was killed counts as attempted. */
  readonly attempt: number;
  /** Fires when the job was given to another replica or the service stops: no further effects after that. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

export interface WorkOptions {
  /** Jobs of the kind worked on at once by this replica. @default 8 */
  readonly concurrency?: number;
  /** Attempts, killed ones included, before a job is put on the list of failed ones. @default 10 */
  readonly attempts?: number;
}

/** Delayed work that survives restarts of this process and of Redis. */
export interface Jobs {
  /**
   * Puts work down for a moment. The key names the work: while a job with that key is waiting or running,
   * a second one is not added and the first keeps its time.
   *
   * @returns whether it was added
   * @throws JobsUnavailable when Redis does not take it
   * @throws InvalidJob when the data is not what the kind says
   */
  schedule<D extends z.ZodType>(
    kind: JobKind<D>,
    job: { readonly key: string; readonly dueAt: Date; readonly data: z.input<D> },
  ): Promise<boolean>;
  /**
   * Takes back what is not running now, a job between two attempts included.
   *
   * @returns whether there was anything to take back
   * @throws JobsUnavailable when Redis does not answer
   */
  cancel(kind: JobKind, key: string): Promise<boolean>;
  /** Works on due jobs of a kind; any number of replicas share them. A handler that throws is tried again later. */
  work<D extends z.ZodType>(
    kind: JobKind<D>,
    handler: (data: z.output<D>, context: JobContext) => Promise<void>,
    options?: WorkOptions,
  ): Promise<void>;
  /** Stops taking jobs, lets running ones finish, closes connections. */
  close(): Promise<void>;
}

/** What the owner of the jobs can do beside: a service's life cycle, or a simulation. */
export interface JobsOwner extends Jobs {
  /**
   * Takes no more jobs and waits for the running ones; scheduling stays possible until `close`.
   *
   * @param graceMs after so long the signals of jobs that still run fire
   */
  stopWork(graceMs: number): Promise<void>;
  /**
   * Hands out now what the clock says is due. BullMQ waits in real time, so a clock that was moved forward is
   * followed by a call of this.
   *
   * @returns how many jobs became due
   */
  promoteDue(): Promise<number>;
  /** What is left to do, by the clock; the truth of Redis, so over all replicas and restarts. */
  outstanding(): Promise<OutstandingJobs>;
}

export interface OutstandingJobs {
  /** Due and not done, as `<kind> <key>`: waiting, running, or between two attempts. */
  readonly due: readonly string[];
  /** When the next of the others is due; undefined when there is none. */
  readonly next: Date | undefined;
}
