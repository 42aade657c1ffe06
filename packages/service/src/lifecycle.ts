import type { Logger } from "pino";
import { StopFailed, StopTimedOut } from "./errors.ts";

/** What has to be undone at the end, in the reverse of the order in which it was done. */
export interface Lifecycle {
  /** @param step how a log line calls it */
  onStop(step: string, release: () => Promise<void> | void): void;
  /**
   * Undoes everything, also after one of the steps has failed.
   *
   * @throws StopTimedOut when it takes longer than allowed; what was left is not tried
   * @throws StopFailed when steps have failed
   */
  stop(timeoutSeconds: number): Promise<void>;
}

export function createLifecycle(logger: Logger): Lifecycle {
  const steps: { readonly step: string; readonly release: () => Promise<void> | void }[] = [];
  return {
    onStop: (step, release) => {
      steps.push({ step, release });
    },
    stop: async (timeoutSeconds) => {
      const failures: { readonly step: string; readonly error: unknown }[] = [];
      const deadline = Date.now() + timeoutSeconds * 1000;
      for (let next = steps.pop(); next !== undefined; next = steps.pop()) {
        const { step, release } = next;
        try {
          const finished = await within(deadline - Date.now(), async () => release());
          if (!finished) throw new StopTimedOut(step, timeoutSeconds);
        } catch (error) {
          if (error instanceof StopTimedOut) throw error;
          logger.error({ err: error, step }, "a step of the stop failed");
          failures.push({ step, error });
        }
      }
      if (failures.length > 0) throw new StopFailed(failures);
    },
  };
}

async function within(milliseconds: number, work: () => Promise<void>): Promise<boolean> {
  const { promise: tooLate, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, Math.max(0, milliseconds), false);
  try {
    return await Promise.race([work().then(() => true), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
