import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { LeaseStore, Occasion } from "./lease-store.ts";

/** Ours to run, begun by another replica, or left out because an earlier run still goes on. */
export type Claim =
  | { readonly outcome: "ours"; readonly fencingToken: number }
  | { readonly outcome: "elsewhere" }
  | { readonly outcome: "overlap" };

export interface ClaimOptions {
  readonly store: LeaseStore;
  /** Lets the replica that is preferred for a key go first. */
  readonly headStartMs: number;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  onLastSuccess(moment: Date): void;
}

/**
 * Tries to get the run of an occasion. Where the last holder has not given its lease back, it is given the time of
 * one lease to show that it lives: a dead one is succeeded, for a living one this run is left out, just as one
 * process leaves out a run that would overlap the last.
 */
export async function claim(occasion: Occasion, options: ClaimOptions): Promise<Claim> {
  const { store, headStartMs, signal, onLastSuccess } = options;
  let deadToken: number | undefined;
  let waitMs = headStartMs;
  for (;;) {
    await sleep(waitMs, undefined, { signal });
    const { lastSuccess, ...answer } = await store.claim(occasion, deadToken);
    if (lastSuccess !== undefined) onLastSuccess(lastSuccess);
    if (answer.outcome === "taken") return { outcome: "ours", fencingToken: answer.fencingToken };
    if (answer.outcome === "had") return { outcome: deadToken === undefined ? "elsewhere" : "overlap" };
    if (deadToken !== undefined) return { outcome: "overlap" };
    deadToken = answer.fencingToken;
    waitMs = answer.expiresInMs + MARGIN_MS;
  }
}

const MARGIN_MS = 20;

/**
 * How long a replica holds back for a key. Each pair of replica and key has its own, so that keys spread evenly over
 * replicas and stay where they are, without anyone knowing how many replicas there are.
 */
export function headStart(replica: string, key: string, windowMs: number): number {
  const hash = createHash("sha256").update(`${replica} ${key}`).digest().readUInt32BE();
  return Math.floor((hash / 2 ** 32) * windowMs);
}
