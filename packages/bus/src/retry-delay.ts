const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;
const LONGEST_NAMED_MS = 3_600_000;

/**
 * How long a message waits for its next attempt, in milliseconds: twice as long each time, up to five minutes, and a
 * little different for each message; or what a third party asked for, up to an hour.
 */
export function nextAttemptIn(
  attempt: number,
  namedMs: number | undefined,
  random: () => number = Math.random,
): number {
  if (namedMs !== undefined && namedMs >= 0) return Math.min(namedMs, LONGEST_NAMED_MS);
  const delay = Math.min(FIRST_MS * 2 ** (attempt - 1), LONGEST_MS);
  return Math.round(delay * (0.8 + random() * 0.4));
}
