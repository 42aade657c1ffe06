import type { Redis } from "ioredis";
import { createTask, type ScheduledTask } from "node-cron";
import type { Logger } from "pino";
import { inSpan } from "../in-span.ts";
import type { ScheduledRun } from "../types.ts";
import type { ScheduleSigns } from "../vital-signs.ts";
import { claim, headStart } from "./claim.ts";
import type { Cron } from "./cron-expression.ts";
import { hold } from "./held-lease.ts";
import { type LeaseStore, leaseStore, type Occasion } from "./lease-store.ts";
import type { RunOutcome, ScheduleMetrics, SkipReason } from "./schedule-metrics.ts";

export interface ScheduledWorkOptions {
  readonly schedule: string;
  readonly key: string;
  readonly cron: Cron;
  /** Of cron expressions. */
  readonly timezone: string;
  readonly atStart: boolean;
  readonly work: (run: ScheduledRun) => Promise<void>;
  readonly redis: Redis;
  /** Redis keys begin with it; the same on all replicas of the service. */
  readonly prefix: string;
  /** Unique to this process. */
  readonly replica: string;
  readonly logger: Logger;
  readonly metrics: ScheduleMetrics;
  /** Of `<schedule>:<key>`: whoever watches the engine learns from them that runs succeed. */
  signsOf(id: string): ScheduleSigns;
}

const LONGEST_TTL_MS = 10_000;
const SHORTEST_TTL_MS = 3_000;
const LONGEST_HEAD_START_MS = 300;
/** A replica that starts so soon after a successful run does not repeat it. */
const FRESH_MS = 60_000;
/** A tick that the event loop was too busy to see is still run for so long; older ones are left out. */
const LATE_MS = 60_000;

/** Work that is due at the ticks of one schedule for one key. */
export class ScheduledWork {
  readonly #options: ScheduledWorkOptions;
  readonly #logger: Logger;
  readonly #ttlMs: number;
  readonly #store: LeaseStore;
  readonly #task: ScheduledTask;
  readonly #stopping = new AbortController();
  readonly #signs: ScheduleSigns;
  readonly #aborting = new AbortController();
  readonly #attempts = new Set<Promise<boolean>>();
  #running: Promise<void> | undefined;

  constructor(options: ScheduledWorkOptions) {
    const { schedule, key, cron, redis, prefix, replica, logger } = options;
    this.#options = options;
    this.#logger = logger.child({ schedule, key });
    this.#ttlMs = Math.max(SHORTEST_TTL_MS, Math.min(cron.intervalMs ?? LONGEST_TTL_MS, LONGEST_TTL_MS));
    this.#store = leaseStore({ redis, name: `${prefix}:${schedule}:${key}`, owner: replica, ttlMs: this.#ttlMs });
    this.#signs = options.signsOf(`${schedule}:${key}`);
    this.#task = this.#createTask();
  }

  start(): void {
    void this.#task.start();
    this.#sign(this.#signs.known());
    const { atStart, cron } = this.#options;
    const freshMs = Math.min(FRESH_MS, cron.intervalMs ?? FRESH_MS);
    if (atStart) void this.#tryToRun({ kind: "start", freshMs });
  }

  /** Begins no more runs and waits for a running one, whose signal fires after the grace. */
  async stop(graceMs: number): Promise<void> {
    void this.#task.destroy();
    this.#stopping.abort();
    const abort = setTimeout(() => this.#aborting.abort(new Error("the service stops")), graceMs);
    try {
      await Promise.all(this.#attempts);
      await this.#running;
    } finally {
      clearTimeout(abort);
    }
  }

  #createTask(): ScheduledTask {
    const { schedule, key, cron, timezone } = this.#options;
    const name = `${schedule}:${key}`;
    const task = createTask(cron.expression, () => this.#running, {
      name,
      timezone: cron.timezone ?? timezone,
      noOverlap: true,
      distributed: true,
      // The run begins with its lease, so that nothing can come between; the task then only waits for it.
      runCoordinator: {
        shouldRun: (tick) => this.#tryToRun({ kind: "tick", at: new Date(tick.slice(name.length + 1)) }),
      },
      missedExecutionTolerance: LATE_MS,
      logger: this.#cronLogger(),
    });
    task.on("execution:overlap", () => void this.#skip("overlap"));
    task.on("execution:missed", () => void this.#skip("late"));
    return task;
  }

  /** @returns whether the run is ours and has begun */
  async #tryToRun(occasion: Occasion): Promise<boolean> {
    const attempt = this.#begin(occasion);
    this.#attempts.add(attempt);
    return attempt.finally(() => this.#attempts.delete(attempt));
  }

  async #begin(occasion: Occasion): Promise<boolean> {
    if (this.#running !== undefined) return this.#skip("overlap");
    const fencingToken = await this.#claim(occasion);
    if (fencingToken === undefined) return false;
    const run = this.#perform(fencingToken).finally(() => {
      // Two claims may have been under way at once; the later run is not forgotten with the earlier.
      if (this.#running === run) this.#running = undefined;
    });
    this.#running = run;
    return true;
  }

  async #claim(occasion: Occasion): Promise<number | undefined> {
    const { schedule, key, cron, replica, metrics } = this.#options;
    const windowMs = Math.min(LONGEST_HEAD_START_MS, (cron.intervalMs ?? Number.POSITIVE_INFINITY) / 10);
    try {
      const claimed = await claim(occasion, {
        store: this.#store,
        headStartMs: headStart(replica, `${schedule}:${key}`, windowMs),
        signal: this.#stopping.signal,
        onLastSuccess: (moment) => metrics.lastSuccess.set({ schedule, key }, moment.getTime() / 1000),
      });
      if (claimed.outcome === "ours") return claimed.fencingToken;
      this.#skip(claimed.outcome);
    } catch (error) {
      if (this.#stopping.signal.aborted) return undefined;
      // Without a lease nobody may run: a missing run is made up for by the next, a doubled one is not.
      this.#logger.error({ err: error }, "left out a run because Redis gave no lease");
      this.#skip("no-lease");
    }
    return undefined;
  }

  async #perform(fencingToken: number): Promise<void> {
    const { schedule, key, metrics, work } = this.#options;
    const logger = this.#logger.child({ fencingToken });
    const lease = hold({ store: this.#store, fencingToken, ttlMs: this.#ttlMs, logger });
    const signal = AbortSignal.any([lease.signal, this.#aborting.signal]);
    metrics.leases.set({ schedule, key }, 1);
    const end = metrics.seconds.startTimer({ schedule });
    const failure = await failureOf(() =>
      inSpan(`schedule ${schedule}`, logger, (traced) => work({ signal, fencingToken, logger: traced })),
    );
    const outcome = lease.signal.aborted ? "lost" : this.#outcomeOf(failure);
    const seconds = end();
    metrics.runs.inc({ schedule, outcome });
    metrics.leases.set({ schedule, key }, 0);
    if (outcome === "success") {
      metrics.lastSuccess.set({ schedule, key }, Date.now() / 1000);
      this.#sign(this.#signs.succeeded());
      logger.debug({ seconds }, "a scheduled run succeeded");
    } else {
      logger.error({ err: failure?.error ?? signal.reason, outcome, seconds }, "a scheduled run did not succeed");
    }
    await lease.release(outcome === "success");
  }

  #sign(signing: Promise<void>): void {
    signing.catch((error: unknown) => this.#logger.debug({ err: error }, "a sign of a schedule was not left"));
  }

  #outcomeOf(failure: Failure | undefined): RunOutcome {
    if (failure === undefined) return "success";
    return this.#aborting.signal.aborted ? "stopped" : "failure";
  }

  #skip(reason: SkipReason): false {
    this.#options.metrics.skips.inc({ schedule: this.#options.schedule, reason });
    this.#logger.debug({ reason }, "no run of a schedule on this replica");
    return false;
  }

  /** What node-cron says of overlaps and late ticks is counted above; only its errors are news. */
  #cronLogger() {
    return {
      info: (message: string) => this.#logger.debug(message),
      warn: (message: string) => this.#logger.debug(message),
      debug: (message: string | Error) => this.#logger.debug(message),
      error: (message: string | Error, error?: Error) => this.#logger.error({ err: error ?? message }, "node-cron"),
    };
  }
}

interface Failure {
  readonly error: unknown;
}

async function failureOf(work: () => Promise<void>): Promise<Failure | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return { error };
  }
}
