import { setTimeout as sleep } from "node:timers/promises";
import {
  type EnterpriseEdgeLink,
  getLinksWithEdgeInfo,
  type LinkStatusRow,
  requestEnterprisesEdges,
} from "@trunkline/contracts";
import pLimit from "p-limit";
import type { BlacklistedEdge } from "./config.ts";
import { type MonitoredEdge, monitoredEdges } from "./monitored-edges.ts";
import type { Ask } from "./peers.ts";
import type { Problems } from "./problems.ts";

const ENTERPRISES_AT_ONCE = 8;
/** An Orchestrator takes minutes to list thousands of links. */
const LIST_TIMEOUT_MS = 300_000;
/** A bridge that starts together with this service answers a little later. */
const PAUSES_MS = [2_000, 4_000, 8_000];

export interface Listing {
  readonly host: string;
  readonly ask: Ask;
  readonly blacklist: readonly BlacklistedEdge[];
  readonly problems: Problems;
  readonly signal: AbortSignal;
  /** Pauses before the list of links is asked for again. */
  readonly pausesMs?: readonly number[];
}

/** Edges that VeloCloud has at a host, with the links of those whose enterprise could be asked. */
export async function listEdges(
  listing: Listing,
): Promise<{ edges: MonitoredEdge[]; links: ReadonlyMap<number, readonly EnterpriseEdgeLink[]> }> {
  const edges = monitoredEdges(await listLinks(listing), listing.blacklist);
  return { edges, links: await linksByEdge(edges, listing) };
}

/** No rows when the Orchestrator does not answer. */
async function listLinks({ host, ask, problems, signal, pausesMs = PAUSES_MS }: Listing): Promise<LinkStatusRow[]> {
  for (const pause of [...pausesMs, undefined]) {
    const rows = await ask(getLinksWithEdgeInfo, { host }, { timeoutMs: LIST_TIMEOUT_MS });
    if (rows.ok) return rows.body;
    if (!rows.failure.transient || pause === undefined) {
      problems.failed(rows.failure);
      break;
    }
    await sleep(pause, undefined, { signal });
  }
  return [];
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
