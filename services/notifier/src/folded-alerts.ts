import { createHash } from "node:crypto";
import type { Clock } from "@trunkline/clock";
import type { JobKind, Jobs } from "@trunkline/jobs";
import type { Logger } from "pino";
import { z } from "zod";
import type { FoldStore } from "./fold-store.ts";

const foldEnd = z.object({ fold: z.string(), window: z.int(), text: z.string() });

/** The end of a window in which equal alerts were counted. */
export const foldJob = { name: "slack-fold", data: foldEnd } satisfies JobKind;

/** An alert as it came off the stream. */
export interface Alert {
  readonly text: string;
  /** The same at every delivery. */
  readonly id: string;
}

export interface FoldedAlerts {
  /**
   * Posts an alert, unless an equal one was posted a moment ago: then it is counted, and told with all others of its
   * kind when the window ends.
   */
  admit(alert: Alert, post: () => Promise<void>): Promise<void>;
  /** Ends a window: tells what was counted, and begins the next; or, when nothing was, lets the next alert through. */
  end(window: z.output<typeof foldEnd>): Promise<void>;
}

export interface FoldedAlertsOptions {
  readonly store: FoldStore;
  readonly jobs: Pick<Jobs, "schedule">;
  readonly clock: Clock;
  readonly windowMs: number;
  /** Says how often an alert was repeated. A repetition under the same id says it once. */
  readonly tell: (text: string, id: string) => Promise<void>;
  readonly logger: Logger;
}

export function createFoldedAlerts({ store, jobs, clock, windowMs, tell, logger }: FoldedAlertsOptions): FoldedAlerts {
  const endLater = (fold: string, window: number, { text, from }: { text: string; from: Date }) =>
    jobs.schedule(foldJob, {
      key: `${fold}.${window}`,
      dueAt: new Date(from.getTime() + windowMs),
      data: { fold, window, text },
    });

  /** @returns whether it is counted, and its summary is as good as told */
  async function isCounted(fold: string, { text, id }: Alert): Promise<boolean> {
    const counted = await store.count(fold, id);
    if (counted === undefined) return false;
    // It is there already, unless Redis lost it or it was given up.
    await endLater(fold, counted.window, { text, from: counted.since });
    return true;
  }

  /** The job goes first: without it, what is counted would never be told. */
  async function open(fold: string, { text, id }: Alert): Promise<void> {
    const from = clock.now();
    await endLater(fold, 1, { text, from });
    await store.open(fold, id, from);
  }

  return {
    async admit(alert, post) {
      const fold = foldOf(alert.text);
      const counted = await isCounted(fold, alert).catch((error: unknown) => {
        logger.warn({ err: error }, "equal alerts cannot be counted: this one is posted");
        return false;
      });
      if (counted) return;
      await post();
      await open(fold, alert).catch((error: unknown) => {
        logger.warn({ err: error }, "equal alerts cannot be counted: the next one is posted");
      });
    },
    async end({ fold, window, text }) {
      const folded = await store.take(fold, window);
      if (folded === undefined) return;
      await tell(summaryOf(text, folded), `${fold}.${window}.${folded.since.getTime()}`);
      const from = clock.now();
      await endLater(fold, window + 1, { text, from });
      await store.next(fold, window, from);
    },
  };
}

/** The count comes first, so that it is there even when Slack's limit cuts the text. */
export function summaryOf(text: string, { count, since }: { readonly count: number; readonly since: Date }): string {
  const times = count === 1 ? "once more" : `${count} more times`;
  return `_The same ${times} since ${since.toISOString().slice(0, 16).replace("T", " ")} UTC:_\n${text}`;
}

/** Two alerts are equal when their texts are. */
function foldOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
