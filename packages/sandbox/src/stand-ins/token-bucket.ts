import type { Clock } from "@trunkline/clock";

export interface RateLimit {
  readonly perSecond: number;
  /** So many calls may come at once. */
  readonly burst: number;
}

/** A token bucket. @returns the whole seconds to wait until the next call, 0 when it may pass now */
export function tokenBucket(clock: Clock, { perSecond, burst }: RateLimit): () => number {
  let tokens = burst;
  let filledAt = clock.now().getTime();
  return () => {
    const now = clock.now().getTime();
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1_000) * perSecond);
    filledAt = now;
    if (tokens < 1) return Math.ceil((1 - tokens) / perSecond);
    tokens--;
    return 0;
  };
}
