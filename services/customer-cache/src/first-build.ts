import { setTimeout as sleep } from "node:timers/promises";
import type { HostStore } from "./host-store.ts";

const LOOK_EVERY_MS = 500;

/**
 * Looks until any replica has built the cache of any host; before that every request is answered with 202.
 * One host is enough, so that an Orchestrator that is down does not keep a new replica from serving the others.
 *
 * @returns whether there is one
 */
export function firstBuild(store: HostStore, hosts: readonly string[], signal: AbortSignal): () => boolean {
  let built = false;
  const look = async () => {
    while (!built && !signal.aborted) {
      const facts = await store.facts(hosts).catch(() => []);
      built = facts.some((each) => each !== undefined);
      if (!built) await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
    }
  };
  void look();
  return () => built;
}
