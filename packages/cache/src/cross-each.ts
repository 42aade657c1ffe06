import type { CustomerInfo } from "@trunkline/contracts";
import pLimit from "p-limit";
import type { Failure } from "./ask-peers.ts";
import type { Problems } from "./problems.ts";
import type { Built } from "./refresh-list.ts";

/** Few enough for the bridges, which others ask too. */
const AT_ONCE = 8;

/** What crossing one thing with Bruin came to. */
export type Crossing<Entry> =
  | {
      readonly kind: "entry";
      readonly entry: Entry;
      /** Active inventory items with this serial, of which the first counts. */
      readonly inventories: readonly CustomerInfo[];
      /** What could not be had and was taken from the entry before. */
      readonly gaps?: readonly Failure[];
    }
  /** Bruin does not know it or does not want it monitored: it leaves the cache. */
  | { readonly kind: "left-out" }
  /** Nobody knows: what is cached stays. */
  | { readonly kind: "failed"; readonly failure: Failure };

export interface CrossingWork<Item, Entry> {
  readonly problems: Problems;
  cross(item: Item): Promise<Crossing<Entry>>;
  /** The entry of the build before, with what its source has just said about it; undefined where there was none. */
  asBefore(item: Item): Entry | undefined;
}

/** Crosses every item with Bruin, a few at once. Those that Bruin could not be asked about stay as they were. */
export async function crossEach<Item extends { readonly serial: string }, Entry>(
  items: readonly Item[],
  { problems, cross, asBefore }: CrossingWork<Item, Entry>,
): Promise<Built<Entry>> {
  const duplicates = new Map<string, readonly CustomerInfo[]>();
  const entries = await pLimit(AT_ONCE).map(items, async (item) => {
    const { serial } = item;
    const crossing = await cross(item);
    if (crossing.kind === "left-out") return [];
    if (crossing.kind === "failed") {
      const before = asBefore(item);
      problems.failed(crossing.failure, serial);
      problems.stale(serial, before !== undefined);
      return before === undefined ? [] : [before];
    }
    for (const gap of crossing.gaps ?? []) problems.failed(gap, serial);
    if (crossing.inventories.length > 1) duplicates.set(serial, crossing.inventories);
    return [crossing.entry];
  });
  return { entries: entries.flat(), duplicates };
}
