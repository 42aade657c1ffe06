/** A number of 32 bits needs at most so many digits to be told from its neighbours. */
const MOST_DIGITS = 9;

/**
 * The shortest decimal that is the same number of 32 bits: 0.94843847 rather than 0.9484384655952454, which is what
 * such a number looks like in 64 bits.
 */
export function shortestFloat(value: number): number {
  for (let digits = 1; digits < MOST_DIGITS; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === Math.fround(value)) return shorter;
  }
  return Number(value.toPrecision(MOST_DIGITS));
}
