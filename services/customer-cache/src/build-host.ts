import type { CachedEdge } from "@trunkline/contracts";
import pLimit from "p-limit";
import { bruinLookups } from "./bruin-lookups.ts";
import { type Crossing, type CrossingParts, crossEdge } from "./cross-edge.ts";
import type { MonitoringRules, NamedLink } from "./inventory.ts";
import { type Listing, listEdges } from "./list-edges.ts";
import type { MonitoredEdge } from "./monitored-edges.ts";
import type { Problems } from "./problems.ts";
import { withStandbys } from "./standby-entries.ts";

const EDGES_AT_ONCE = 8;

export interface BuildOptions extends Listing {
  /** What is cached for the host; parts of it stay where nothing newer can be had. */
  readonly previous: readonly CachedEdge[];
  readonly rules: MonitoringRules;
  readonly now: Date;
  /** Zone of sites whose own is not known. */
  readonly timezone: string;
}

/**
 * Builds a host's part of the cache from scratch. Edges that have vanished, were never activated or are not to be
 * monitored are not in it; edges nobody could be asked about are in it as they were before.
 *
 * @throws the signal's reason when the build has to stop
 * @returns undefined when there is nothing worth storing: the Orchestrator did not answer, or no edge came through
 */
export async function buildHost(options: BuildOptions): Promise<CachedEdge[] | undefined> {
  const { previous, ask, rules, problems } = options;
  const { edges, links } = await listEdges(options);
  const bySerial = new Map(previous.map((entry) => [entry.serial_number, entry]));
  const previousOf = (edge: MonitoredEdge) => samePlace(bySerial.get(edge.serial), edge);
  const parts: CrossingParts = {
    ask,
    rules,
    lookups: bruinLookups(ask, options),
    linksOf: (edge) => links.get(edge.identity.edge_id) ?? linksBefore(previousOf(edge)),
    previousOf,
  };
  const crossings = await pLimit(EDGES_AT_ONCE).map(edges, async (edge) => ({
    edge,
    crossing: await crossEdge(edge, parts),
  }));
  const entries = crossings.flatMap(({ edge, crossing }) => {
    const before = previousOf(edge);
    report(edge, crossing, { problems, isKnown: before !== undefined });
    return entryOf(edge, crossing, before);
  });
  return entries.length === 0 ? undefined : withStandbys(entries);
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

function entryOf(edge: MonitoredEdge, crossing: Crossing, previous: CachedEdge | undefined): CachedEdge[] {
  switch (crossing.kind) {
    case "entry":
      return [crossing.entry];
    case "left-out":
      return [];
    case "failed":
      return previous === undefined ? [] : [{ ...previous, ...seenNow(edge) }];
  }
}

/** What VeloCloud has just said about an edge, whatever Bruin did not. */
function seenNow(edge: MonitoredEdge): Partial<CachedEdge> {
  return { edge: edge.identity, edge_name: edge.name, last_contact: edge.lastContact, ha_serial_number: edge.haSerial };
}

function report(
  { serial }: MonitoredEdge,
  crossing: Crossing,
  { problems, isKnown }: { problems: Problems; isKnown: boolean },
): void {
  if (crossing.kind === "failed") {
    problems.failed(crossing.failure, serial);
    problems.stale(serial, isKnown);
  }
  if (crossing.kind !== "entry") return;
  for (const gap of crossing.gaps) problems.failed(gap, serial);
  if (crossing.inventories > 1) problems.duplicate(serial);
}
