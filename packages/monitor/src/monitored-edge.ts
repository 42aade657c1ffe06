import { type EdgeStatus, groupByEdge, pairUp } from "@trunkline/sdwan";
import type { HostEdge, HostLink, HostPair } from "./host-questions.ts";

/** An edge under monitoring: how it is now, and whose it is. */
export interface MonitoredEdge {
  readonly status: EdgeStatus;
  readonly cached: Pick<
    HostEdge,
    "edge" | "bruin_client_info" | "logical_ids" | "links_configuration" | "site_details"
  >;
}

/** An edge by the ids that VeloCloud gives it. */
export interface BlacklistedEdge {
  readonly host: string;
  readonly enterprise_id: number;
  readonly edge_id: number;
}

export interface HostReadings {
  readonly cache: readonly HostEdge[];
  readonly links: readonly HostLink[];
  readonly pairs: readonly HostPair[];
}

/**
 * Crosses what the Orchestrator and the customer cache say about a host. Only what both know, and nobody has put on the
 * blacklist, is under monitoring.
 *
 * @returns the edges by serial
 */
export function monitoredEdges(
  { cache, links, pairs }: HostReadings,
  blacklist: readonly BlacklistedEdge[] = [],
): Map<string, MonitoredEdge> {
  const statusBySerial = new Map(pairUp(groupByEdge(links), pairs).map((status) => [status.serial, status]));
  const blacklisted = new Set(blacklist.map(identityOf));
  const edges = new Map<string, MonitoredEdge>();
  for (const cached of cache) {
    const status = statusBySerial.get(cached.serial_number);
    if (status === undefined || blacklisted.has(identityOf(cached.edge))) continue;
    edges.set(cached.serial_number, { status, cached });
  }
  return edges;
}

/** The cache names an edge's enterprise too, the blacklist does not: the ids alone tell. */
function identityOf({ host, enterprise_id, edge_id }: BlacklistedEdge): string {
  return `${host}/${enterprise_id}/${edge_id}`;
}
