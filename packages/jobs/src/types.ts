import type { Logger } from "pino";
import type { z } from "zod";

/** A kind of delayed work: one queue, one handler, one schema. */
export interface JobKind<Data extends z.ZodType = z.ZodType> {
  /** Also the queue's name, below the environment's prefix. */
  readonly name: string;
  readonly data: Data;
}

export interface JobContext {
  readonly key: string;
  /** 1 for the first attempt. A job whose worker was killed counts as attempted. */
  readonly attempt: number;
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/** Delayed work that survives restarts of this process and of Redis. */
export interface Jobs {
  /**
   * Puts work down for a moment. The key names the work: while a job with that key is waiting or running,
   * a second one is not added and the first keeps its time.
   * @returns whether it was added
   */
  schedule<D extends z.ZodType>(
    kind: JobKind<D>,
    job: { readonly key: string; readonly dueAt: Date; readonly data: z.input<D> },
  ): Promise<boolean>;
  /** Takes back what has not begun. @returns whether there was anything to take back */
  cancel(kind: JobKind, key: string): Promise<boolean>;
  /** Works on due jobs of a kind; any number of replicas share them. A handler that throws is tried again. */
  work<D extends z.ZodType>(
    kind: JobKind<D>,
    handler: (data: z.output<D>, context: JobContext) => Promise<void>,
    options?: { readonly concurrency?: number; readonly attempts?: number },
  ): Promise<void>;
  /** Stops taking jobs, lets running ones finish, closes connections. */
  close(): Promise<void>;
}
