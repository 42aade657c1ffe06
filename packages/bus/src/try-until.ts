import { setTimeout as sleep } from "node:timers/promises";
import type { Link } from "./link.ts";

export interface Patience {
  /** Epoch milliseconds. */
  readonly deadline: number;
  /** Between two attempts. */
  readonly pauseMs: number;
  /** Whether no attempt that follows could end otherwise. */
  readonly isFinal?: (error: unknown) => boolean;
}

/**
 * Attempts something over whatever connection there is, until it works or the deadline comes.
 *
 * @throws what the last attempt threw
 */
export async function tryUntil<Result>(
  link: Pick<Link, "whenConnected">,
  { deadline, pauseMs, isFinal = () => false }: Patience,
  attempt: () => Promise<Result>,
): Promise<Result> {
  let lastError: unknown = new Error("not connected to NATS");
  while (await link.whenConnected(deadline)) {
    try {
      return await attempt();
    } catch (error) {
      lastError = error;
      if (isFinal(error) || Date.now() + pauseMs >= deadline) break;
      await sleep(pauseMs);
    }
  }
  throw lastError;
}
