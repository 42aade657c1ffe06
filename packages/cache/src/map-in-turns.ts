import { setImmediate as turn } from "node:timers/promises";

/** What is mapped before others get a turn: a few milliseconds' worth. */
const ITEMS_PER_TURN = 500;

/** Maps a list of thousands without holding up whoever else wants something of this process. */
export async function mapInTurns<Item, Result>(items: readonly Item[], map: (item: Item) => Result): Promise<Result[]> {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % ITEMS_PER_TURN === 0) await turn();
    results.push(map(item));
  }
  return results;
}
