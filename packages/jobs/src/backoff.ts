const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/** Milliseconds to wait after so many failed attempts: doubling from a second to a minute. */
export function backoffMs(attemptsMade: number): number {
  return Math.min(FIRST_MS * 2 ** (attemptsMade - 1), LONGEST_MS);
}
