import { askAgain, type Problems } from "@trunkline/cache";
import {
  type EnterpriseEdgeLink,
  getLinksWithEdgeInfo,
  type LinkStatusRow,
  requestEnterprisesEdges,
} from "@trunkline/contracts";
import pLimit from "p-limit";
import type { BlacklistedEdge } from "./config.ts";
import { type MonitoredEdge, monitoredEdges } from "./monitored-edges.ts";
import type { AskBridge } from "./peers.ts";

const ENTERPRISES_AT_ONCE = 8;
/** An Orchestrator takes minutes to list thousands of links. */
const LIST_TIMEOUT_MS = 300_000;

export interface Listing {
  readonly host: string;
  readonly ask: AskBridge;
  readonly blacklist: readonly BlacklistedEdge[];
  readonly problems: Problems;
  readonly signal: AbortSignal;
  /** Pauses before the list of links is asked for again. */
  readonly pausesMs?: readonly number[] | undefined;
}

export interface HostListing {
  readonly edges: readonly MonitoredEdge[];
  /** By the number of the edge; missing for those whose enterprise could not be asked. */
  readonly links: ReadonlyMap<number, readonly EnterpriseEdgeLink[]>;
}

/** Edges that VeloCloud has at a host; undefined when it does not answer or has none. */
export async function listEdges(listing: Listing): Promise<HostListing | undefined> {
  const rows = await listLinks(listing);
  if (rows === undefined) return undefined;
  const edges = monitoredEdges(rows, listing.blacklist);
  if (edges.length > 0) return { edges, links: await linksByEdge(edges, listing) };
  listing.problems.note(`VeloCloud lists no edges for host ${listing.host}`);
  return undefined;
}

async function listLinks({ host, ask, problems, ...patience }: Listing): Promise<LinkStatusRow[] | undefined> {
  const rows = await askAgain(() => ask(getLinksWithEdgeInfo, { host }, { timeoutMs: LIST_TIMEOUT_MS }), patience);
  if (rows.ok) return rows.body;
  problems.failed(rows.failure);
  return undefined;
}

/** Links of every edge, by the edge's number. */
async function linksByEdge(
  edges: readonly MonitoredEdge[],
  { host, ask, problems }: Listing,
): Promise<Map<number, EnterpriseEdgeLink[]>> {
  const enterprises = [...new Set(edges.map(({ identity }) => identity.enterprise_id))];
  const lists = await pLimit(ENTERPRISES_AT_ONCE).map(enterprises, async (enterprise_id) => {
    const listed = await ask(requestEnterprisesEdges, { host, enterprise_id });
    if (listed.ok) return listed.body;
    problems.failed(listed.failure);
    return [];
  });
  return new Map(lists.flat().map((edge) => [edge.id, edge.links]));
}
