import { type CachedEdge, parseWireDate } from "@trunkline/contracts";
import type { HostStore } from "./host-store.ts";
import { attributedOnce, type LoadedCaches, type LoadedEdge } from "./loaded-edges.ts";

/**
 * The caches of all hosts in memory. Each is parsed once for every build: a look at the stored versions tells whether
 * another replica, or this one, has built a newer one.
 *
 * @returns what reads the present caches; it throws what Redis says where nothing is in memory either
 */
export function loadedCaches(store: HostStore, hosts: readonly string[]): () => Promise<LoadedCaches> {
  const versions = new Map<string, string>();
  const loaded = new Map<string, readonly LoadedEdge[]>();
  let caches: LoadedCaches = new Map();
  let underWay: Promise<void> | undefined;

  async function load(host: string): Promise<void> {
    const { facts, entries } = await store.load(host);
    if (facts !== undefined) versions.set(host, facts.version);
    if (entries !== undefined) loaded.set(host, entries.map(withLastContact));
    else loaded.delete(host);
  }

  async function refresh(): Promise<void> {
    const facts = await store.facts(hosts);
    // A list without facts is of a service of the existing fleet, which does not tell when it changes.
    const changed = hosts.filter((host, index) => {
      const version = facts[index]?.version;
      return version === undefined || version !== versions.get(host);
    });
    if (changed.length === 0) return;
    for (const host of changed) await load(host);
    caches = attributedOnce(hosts.flatMap((host) => pairs(host, loaded.get(host))));
  }

  return async () => {
    underWay ??= refresh().finally(() => {
      underWay = undefined;
    });
    await underWay.catch((error: unknown) => {
      // While Redis is away, what is in memory is better than no answer.
      if (caches.size === 0) throw error;
    });
    return caches;
  };
}

function withLastContact(entry: CachedEdge): LoadedEdge {
  return { entry, lastContact: parseWireDate(entry.last_contact ?? "") };
}

function pairs(host: string, edges: readonly LoadedEdge[] | undefined): [string, readonly LoadedEdge[]][] {
  return edges === undefined ? [] : [[host, edges]];
}
