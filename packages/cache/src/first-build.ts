import { setTimeout as sleep } from "node:timers/promises";
import type { CacheStore } from "./cache-store.ts";

const LOOK_EVERY_MS = 500;

/**
 * Looks until any of the lists is there, whichever replica has built it; before that every request is answered with 202. One list is
 * enough, so that a source that is down does not keep a new replica from serving the others.
 *
 * @returns whether there is one
 */
export function firstBuild(
  store: Pick<CacheStore<never>, "anyStored">,
  lists: readonly string[],
  signal: AbortSignal,
): () => boolean {
  let built = false;
  const look = async () => {
    while (!built && !signal.aborted) {
      built = await store.anyStored(lists).catch(() => false);
      if (!built) await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
    }
  };
  void look();
  return () => built;
}
