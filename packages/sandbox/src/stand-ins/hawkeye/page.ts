const MOST_RECORDS = 100;

/** Hawkeye does not take this request; it says no more about it than 400. */
export class BadParameters extends Error {
  override readonly name = "BadParameters";
}

export type Query = Readonly<Record<string, string>>;

/** One page of a list, with the total as a text and never more than a hundred records, whatever was asked for. */
export function pageOf<Item>(items: readonly Item[], query: Query, shape: (item: Item) => object) {
  const limit = Math.min(wholeNumber(query.limit, MOST_RECORDS), MOST_RECORDS);
  const offset = wholeNumber(query.offset, 0);
  const records = items.slice(offset, offset + limit).map(shape);
  return {
    total_count: String(items.length),
    count: records.length,
    limit,
    offset,
    has_more: offset + records.length < items.length ? 1 : 0,
    records,
  };
}

function wholeNumber(text: string | undefined, absent: number): number {
  if (text === undefined) return absent;
  if (!/^\d+$/.test(text)) throw new BadParameters();
  return Number(text);
}
