import { isHeardAfter, type LoadedEntry, type LoadedLists } from "@trunkline/cache";
import type { CachedEdge } from "@trunkline/contracts";

/** By host; a host that has never been built is not in it. */
export type LoadedCaches = LoadedLists<CachedEdge>;

/** Which edges of a host are asked for. */
export interface EdgeFilter {
  /** Host → enterprise ids; no ids mean all of them. */
  readonly hosts: Readonly<Record<string, readonly number[]>>;
  /** Only edges heard of later than this. */
  readonly heardAfter?: Date | undefined;
}

/** In the order of the filter's hosts, and of each cache. */
export function select(caches: LoadedCaches, { hosts, heardAfter }: EdgeFilter): CachedEdge[] {
  return Object.entries(hosts).flatMap(([host, enterprises]) => {
    const edges = caches.get(host) ?? [];
    return edges
      .filter(({ entry }) => enterprises.length === 0 || enterprises.includes(entry.edge.enterprise_id))
      .filter((edge) => isHeardAfter(edge, heardAfter))
      .map(({ entry }) => entry);
  });
}

/**
 * An edge that was moved is listed by two Orchestrators for a while. It belongs where it was heard of last; when that
 * does not tell, to the host that comes first.
 */
export function attributedOnce(hosts: LoadedCaches): LoadedCaches {
  const owners = new Map<string, LoadedEntry<CachedEdge>>();
  for (const edge of [...hosts.values()].flat()) {
    const owner = owners.get(edge.entry.serial_number);
    if (owner === undefined || heardAt(edge) > heardAt(owner)) owners.set(edge.entry.serial_number, edge);
  }
  return new Map(
    [...hosts].map(([host, edges]) => [host, edges.filter((edge) => owners.get(edge.entry.serial_number) === edge)]),
  );
}

function heardAt({ lastContact }: LoadedEntry<CachedEdge>): number {
  return lastContact?.getTime() ?? Number.NEGATIVE_INFINITY;
}
