import { parseWireDate } from "@trunkline/contracts";
import type { CacheStore } from "./cache-store.ts";

/** A cached entry, its date parsed. */
export interface LoadedEntry<Entry> {
  readonly entry: Entry;
  /** Undefined for what was never heard of. */
  readonly lastContact: Date | undefined;
}

/** By name; a list that has never been built is not in it. */
export type LoadedLists<Entry> = ReadonlyMap<string, readonly LoadedEntry<Entry>[]>;

/** Whether it was heard of later than a moment; without a moment everything was. */
export function isHeardAfter({ lastContact }: LoadedEntry<unknown>, moment: Date | undefined): boolean {
  return moment === undefined || (lastContact !== undefined && lastContact > moment);
}

export interface LoadOptions<Entry> {
  readonly store: Pick<CacheStore<Entry>, "facts" | "load">;
  readonly lists: readonly string[];
  /** What becomes of the lists, in their order, before they are answered with. @default nothing */
  readonly arrange?: (lists: LoadedLists<Entry>) => LoadedLists<Entry>;
}

/**
 * Lists in memory. Each is parsed once for every build: a look at the stored versions tells whether another replica,
 * or this one, has built a newer one.
 *
 * @returns what reads the present lists; it throws what Redis says where nothing is in memory either
 */
export function loadedLists<Entry extends { readonly last_contact: string | null }>(
  options: LoadOptions<Entry>,
): () => Promise<LoadedLists<Entry>> {
  const { store, lists, arrange = (loaded) => loaded } = options;
  const versions = new Map<string, string | undefined>();
  const loaded = new Map<string, readonly LoadedEntry<Entry>[]>();
  let present: LoadedLists<Entry> = new Map();
  let underWay: Promise<void> | undefined;

  /** @returns whether there is something else now */
  async function load(list: string): Promise<boolean> {
    const { facts, entries } = await store.load(list);
    versions.set(list, facts?.version);
    if (entries === undefined) return loaded.delete(list);
    loaded.set(list, entries.map(withLastContact));
    return true;
  }

  async function refresh(): Promise<void> {
    const facts = await store.facts(lists);
    // A list without facts is of a service of the existing fleet: good until the first build here.
    const suspects = lists.filter((list, index) => !loaded.has(list) || facts[index]?.version !== versions.get(list));
    let isChanged = false;
    for (const list of suspects) isChanged = (await load(list)) || isChanged;
    if (isChanged) present = arrange(new Map(lists.flatMap((list) => named(list, loaded.get(list)))));
  }

  return async () => {
    underWay ??= refresh().finally(() => {
      underWay = undefined;
    });
    await underWay.catch((error: unknown) => {
      // While Redis is away, what is in memory is better than no answer.
      if (present.size === 0) throw error;
    });
    return present;
  };
}

function withLastContact<Entry extends { readonly last_contact: string | null }>(entry: Entry): LoadedEntry<Entry> {
  return { entry, lastContact: parseWireDate(entry.last_contact ?? "") };
}

function named<List>(name: string, list: List | undefined): [string, List][] {
  return list === undefined ? [] : [[name, list]];
}
