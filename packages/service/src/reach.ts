import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { reasonOf, StartCancelled, StartTimedOut } from "./errors.ts";

/** How long a start waits for what may be starting beside it. */
export interface Patience {
  readonly logger: Logger;
  /** Seconds from the beginning of the start. */
  readonly timeoutSeconds: number;
  /** Epoch milliseconds when they are over. */
  readonly deadline: number;
  /** Gives up at once, because the service is told to stop. */
  readonly signal: AbortSignal | undefined;
}

const PAUSE_MS = 1_000;

/**
 * Tries again, with a log line for each try, until it works.
 *
 * @throws StartTimedOut with the last reason
 * @throws StartCancelled
 */
export async function reach<T>(what: string, attempt: () => Promise<T>, patience: Patience): Promise<T> {
  const { logger, timeoutSeconds, deadline, signal } = patience;
  for (;;) {
    if (signal?.aborted) throw new StartCancelled();
    try {
      return await attempt();
    } catch (error) {
      const remaining = deadline - Date.now();
      if (remaining <= 0) throw new StartTimedOut(what, timeoutSeconds, error);
      logger.warn({ waitingFor: what, reason: reasonOf(error) }, `cannot reach ${what}, trying again`);
      await sleep(Math.min(PAUSE_MS, remaining), undefined, { ...(signal && { signal }) }).catch(() => undefined);
    }
  }
}
