/** A source of chance that repeats itself for the same seed. */
export interface Random {
  /** A number from 0 (included) to 1 (excluded). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** So many hexadecimal digits. */
  hex(digits: number): string;
}

/** The mulberry32 generator: 32 bits of state, good enough for names and addresses, never for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    integer,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
    hex(digits) {
      let text = "";
      // Eight digits at a time: large fleets are named after millions of them.
      while (text.length < digits) {
        text += Math.floor(next() * 2 ** 32)
          .toString(16)
          .padStart(8, "0");
      }
      return text.slice(0, digits);
    },
  };
}
