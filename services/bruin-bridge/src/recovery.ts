/**
 * How far Bruin's clock may be off ours. What it dates to the time of a first attempt, or this much earlier, counts
 * as that attempt's doing.
 */
export const CLOCK_SKEW_MS = 120_000;
