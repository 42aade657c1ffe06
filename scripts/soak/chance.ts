/** Chance that repeats itself for the same seed. */
export interface Chance {
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** True in so many of a hundred cases. */
  percent(share: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

/** A linear congruential generator over 2^48, as in `drand48`: plenty for a day. */
export function chanceOf(seed: number): Chance {
  let state = (BigInt(Math.trunc(seed)) << 16n) + 0x330en;
  const next = () => {
    state = (state * 0x5deece66dn + 0xbn) & 0xffffffffffffn;
    return Number(state >> 16n) / 2 ** 32;
  };
  // Neighbouring seeds begin alike.
  for (let round = 0; round < 8; round++) next();
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    integer,
    percent: (share) => next() * 100 < share,
    pick: (items) => {
      const item = items[integer(0, items.length - 1)];
      if (item === undefined) throw new Error("there is nothing to pick from");
      return item;
    },
  };
}
