import { ask } from "./ask.ts";
import type { MonitorBus } from "./desk.ts";
import { CACHE_IS_BEING_BUILT, CallFailed } from "./errors.ts";
import {
  askForCache,
  askForLinks,
  askForPairs,
  type HostEdge,
  type HostLink,
  type HostPair,
} from "./host-questions.ts";

/**
 * The edges of a host with their customers.
 *
 * @param heardOfAfter leaves out edges that were not heard of since: they are out of service rather than out of order
 * @throws CallFailed when they cannot be had, or the cache is still being built
 */
export async function readCache(
  bus: MonitorBus<typeof askForCache>,
  host: string,
  heardOfAfter: Date | null,
): Promise<readonly HostEdge[]> {
  const last_contact_filter = heardOfAfter && naiveText(heardOfAfter);
  const cache = await ask(bus, askForCache, { body: { filter: { [host]: [] }, last_contact_filter } });
  if (typeof cache === "string") throw new CallFailed(askForCache.subject, CACHE_IS_BEING_BUILT);
  return cache;
}

/** What the Orchestrator says about a host's links and pairs. @throws CallFailed */
export async function readStatuses(
  bus: MonitorBus<typeof askForLinks | typeof askForPairs>,
  host: string,
): Promise<{ readonly links: readonly HostLink[]; readonly pairs: readonly HostPair[] }> {
  const links = await ask(bus, askForLinks, { body: { host } });
  const pairs = await ask(bus, askForPairs, { body: { host, enterprise_ids: [] } });
  return { links, pairs };
}

/** UTC without an offset and with microseconds, as the cache has always been asked. */
function naiveText(moment: Date): string {
  return moment.toISOString().replace("T", " ").replace("Z", "000");
}
