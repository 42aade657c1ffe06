import type { Logger } from "pino";
import { LeaseLost } from "../errors.ts";
import type { LeaseStore } from "./lease-store.ts";

/** A lease that renews itself until it is released, or lost. */
export interface HeldLease {
  readonly fencingToken: number;
  /** Fires with `LeaseLost` when another replica may have it. */
  readonly signal: AbortSignal;
  release(succeeded: boolean): Promise<void>;
}

export interface HoldOptions {
  readonly store: LeaseStore;
  readonly fencingToken: number;
  readonly ttlMs: number;
  readonly logger: Logger;
}

/** Renewals in the life of a lease: two in a row may fail and the third comes in time. */
const RENEWALS = 4;

export function hold({ store, fencingToken, ttlMs, logger }: HoldOptions): HeldLease {
  const lost = new AbortController();
  const lose = () => lost.abort(new LeaseLost(fencingToken));
  // Redis may be away, so losing the lease must not depend on an answer from it.
  let expiry = setTimeout(lose, ttlMs);
  const renew = async () => {
    const askedAt = performance.now();
    try {
      if (!(await store.renew(fencingToken))) return lose();
      clearTimeout(expiry);
      // Redis counted from some moment after we asked.
      if (!lost.signal.aborted && !released) expiry = setTimeout(lose, ttlMs - (performance.now() - askedAt));
    } catch (error) {
      logger.warn({ err: error }, "could not renew a lease");
    }
  };
  const renewal = setInterval(renew, ttlMs / RENEWALS);
  let released = false;
  return {
    fencingToken,
    signal: lost.signal,
    release: async (succeeded) => {
      released = true;
      clearInterval(renewal);
      clearTimeout(expiry);
      try {
        await store.release(fencingToken, succeeded);
      } catch (error) {
        logger.warn({ err: error }, "could not release a lease, it runs out by itself");
      }
    },
  };
}
