import type { EdgeIdentity, LinkStatusRow } from "@trunkline/contracts";
import type { BlacklistedEdge } from "./config.ts";

/** An edge as VeloCloud knows it, before Bruin is asked whose it is. */
export interface MonitoredEdge {
  readonly identity: EdgeIdentity;
  readonly name: string | null;
  readonly serial: string;
  readonly haSerial: string | null;
  readonly lastContact: string | null;
}

/**
 * The edges behind an Orchestrator's link rows, each once. Left out are enterprises without edges, edges that were
 * never activated, edges without a serial (nothing can be asked about them) and those on the blacklist.
 */
export function monitoredEdges(rows: readonly LinkStatusRow[], blacklist: readonly BlacklistedEdge[]): MonitoredEdge[] {
  const bySerial = new Map<string, MonitoredEdge>();
  for (const row of rows) {
    const edge = edgeOf(row);
    if (edge === undefined || bySerial.has(edge.serial) || isListed(edge.identity, blacklist)) continue;
    bySerial.set(edge.serial, edge);
  }
  return [...bySerial.values()];
}

function edgeOf(row: LinkStatusRow): MonitoredEdge | undefined {
  const { host, enterpriseId, edgeId, edgeSerialNumber: serial, edgeState } = row;
  if (enterpriseId === null || edgeId === null || !serial) return undefined;
  if (edgeState === null || edgeState === "NEVER_ACTIVATED") return undefined;
  return {
    identity: { host, enterprise_id: enterpriseId, enterprise_name: row.enterpriseName, edge_id: edgeId },
    name: row.edgeName,
    serial,
    // Some versions write an empty text where there is no standby.
    haSerial: row.edgeHASerialNumber || null,
    lastContact: row.edgeLastContact,
  };
}

function isListed(edge: EdgeIdentity, blacklist: readonly BlacklistedEdge[]): boolean {
  return blacklist.some(
    ({ host, enterprise_id, edge_id }) =>
      host === edge.host && enterprise_id === edge.enterprise_id && edge_id === edge.edge_id,
  );
}
