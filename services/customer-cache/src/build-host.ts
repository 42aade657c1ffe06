import { askPeers, type Building, type Built, crossEach } from "@trunkline/cache";
import type { CachedEdge } from "@trunkline/contracts";
import { bruinLookups } from "./bruin-lookups.ts";
import type { BlacklistedEdge } from "./config.ts";
import { type CrossingParts, crossEdge } from "./cross-edge.ts";
import type { MonitoringRules, NamedLink } from "./inventory.ts";
import { type HostListing, listEdges } from "./list-edges.ts";
import type { MonitoredEdge } from "./monitored-edges.ts";
import type { AskBridge, Asked, CacheBus } from "./peers.ts";
import { withStandbys } from "./standby-entries.ts";

/** What decides which edges are cached, and how. */
export interface BuildRules {
  readonly rules: MonitoringRules;
  readonly blacklist: readonly BlacklistedEdge[];
  /** Zone of sites whose own is not known. */
  readonly timezone: string;
  /** Pauses before a host's links are asked for again. */
  readonly pausesMs?: readonly number[];
}

/**
 * Builds hosts' lists from scratch. Edges that have vanished, were never activated or are not to be monitored are not
 * in them; edges nobody could be asked about are in them as they were before.
 *
 * @returns what builds one; it throws the signal's reason when the build has to stop
 */
export function hostBuilder(
  bus: Pick<CacheBus, "request">,
  options: BuildRules,
): (building: Building<CachedEdge>) => Promise<Built<CachedEdge> | undefined> {
  return async (building) => {
    const { list: host, problems, signal } = building;
    const ask = askPeers<Asked>(bus, signal);
    const listing = await listEdges({ ...options, host, ask, problems, signal });
    if (listing === undefined) return undefined;
    const built = await crossEdges(listing, { ...options, ...building, ask });
    if (built.entries.length > 0) return { ...built, entries: withStandbys(built.entries) };
    problems.note(nothingCameThrough(host));
    return undefined;
  };
}

function nothingCameThrough(host: string): string {
  return (
    `Cache for host ${host} was empty after cross referencing with Bruin. ` +
    "Check if Bruin is returning errors when asking for management statuses of the host"
  );
}

async function crossEdges(
  { edges, links }: HostListing,
  options: BuildRules & Building<CachedEdge> & { readonly ask: AskBridge },
): Promise<Built<CachedEdge>> {
  const { previous, ask, rules, problems } = options;
  const bySerial = new Map(previous.map((entry) => [entry.serial_number, entry]));
  const previousOf = (edge: MonitoredEdge) => samePlace(bySerial.get(edge.serial), edge);
  const parts: CrossingParts = {
    ask,
    rules,
    lookups: bruinLookups(ask, options),
    linksOf: (edge) => links.get(edge.identity.edge_id) ?? linksBefore(previousOf(edge)),
    previousOf,
  };
  return crossEach(edges, {
    problems,
    cross: (edge) => crossEdge(edge, parts),
    asBefore(edge) {
      const before = previousOf(edge);
      return before && { ...before, ...seenNow(edge) };
    },
  });
}

/** An edge that was at another enterprise before has nothing to keep: what was known belonged there. */
function samePlace(previous: CachedEdge | undefined, { identity }: MonitoredEdge): CachedEdge | undefined {
  const { edge_id, enterprise_id } = previous?.edge ?? {};
  return edge_id === identity.edge_id && enterprise_id === identity.enterprise_id ? previous : undefined;
}

/** The links that an entry was built from. */
function linksBefore(entry: CachedEdge | undefined): NamedLink[] {
  const links = entry?.logical_ids ?? [];
  return links.map(({ interface_name, logical_id }) => ({ interface: interface_name, logicalId: logical_id }));
}

/** What VeloCloud has just said about an edge, whatever Bruin did not. */
function seenNow(edge: MonitoredEdge): Partial<CachedEdge> {
  return { edge: edge.identity, edge_name: edge.name, last_contact: edge.lastContact, ha_serial_number: edge.haSerial };
}
