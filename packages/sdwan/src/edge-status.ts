import type { LinkStatusRow } from "@trunkline/contracts";

/** What is needed of a row of `get.links.with.edge.info`. */
export type LinkReading = Pick<
  LinkStatusRow,
  | "edgeSerialNumber"
  | "edgeHASerialNumber"
  | "edgeName"
  | "edgeState"
  | "edgeLastContact"
  | "interface"
  | "displayName"
  | "linkIpAddress"
  | "linkState"
>;

/** One circuit of an edge, as the Orchestrator saw it last. */
export interface LinkStatus {
  /** GE1, SFP1, INTERNET2, ...; null where the Orchestrator does not say. */
  readonly interface: string | null;
  /** What people call it; may hold the carrier or a circuit id. */
  readonly label: string | null;
  readonly ipAddress: string | null;
  readonly state: string | null;
}

/** The other edge of a highly available pair. */
export interface Partner {
  readonly serial: string;
  readonly state: string;
  /** What this edge is to its partner, not the partner's own role. */
  readonly role: "primary" | "standby";
}

/** An edge with its links at one moment. */
export interface EdgeStatus {
  readonly serial: string;
  readonly name: string | null;
  readonly state: string;
  /** When the Orchestrator last heard of it: ISO 8601, or `0000-00-00 00:00:00` for never. */
  readonly lastContact: string | null;
  /** The serial of its standby as configured, whether or not the pair works. */
  readonly standbySerial: string | null;
  /** Null where the edge stands alone, or its pair is not set up completely. */
  readonly partner: Partner | null;
  readonly links: readonly LinkStatus[];
}

/**
 * Rows of `get.links.with.edge.info`, one for each link, as edges. An edge without a serial, without a state or never
 * activated is not in service and is left out.
 */
export function groupByEdge(rows: readonly LinkReading[]): EdgeStatus[] {
  const rowsBySerial = new Map<string, [LinkReading, ...LinkReading[]]>();
  for (const row of rows) {
    const serial = row.edgeSerialNumber;
    if (serial === null || row.edgeState === null || row.edgeState === "NEVER_ACTIVATED") continue;
    const known = rowsBySerial.get(serial);
    if (known === undefined) rowsBySerial.set(serial, [row]);
    else known.push(row);
  }
  return [...rowsBySerial].map(([serial, edgeRows]) => edgeOf(serial, edgeRows));
}

function edgeOf(serial: string, rows: readonly [LinkReading, ...LinkReading[]]): EdgeStatus {
  const [first] = rows;
  return {
    serial,
    name: first.edgeName,
    state: first.edgeState ?? "",
    lastContact: first.edgeLastContact,
    standbySerial: first.edgeHASerialNumber,
    partner: null,
    links: rows.filter(isLink).map(linkOf),
  };
}

/** An edge without links has one row whose link fields are all null. */
function isLink(row: LinkReading): boolean {
  return row.interface !== null || row.linkState !== null;
}

function linkOf(row: LinkReading): LinkStatus {
  return {
    interface: row.interface,
    label: row.displayName,
    ipAddress: row.linkIpAddress,
    state: row.linkState,
  };
}

/** Only the exact state OFFLINE is down: every other one, DEGRADED included, counts as up. */
export function isEdgeDown(edge: Pick<EdgeStatus, "state">): boolean {
  return edge.state === "OFFLINE";
}

/** Only the exact state DISCONNECTED is a fault: UNSTABLE and the like count as up. */
export function isLinkFaulty(link: Pick<LinkStatus, "state">): boolean {
  return link.state === "DISCONNECTED";
}

export function faultyLinks(edge: Pick<EdgeStatus, "links">): LinkStatus[] {
  return edge.links.filter(isLinkFaulty);
}

/** Names of the interfaces whose link is down, each once. */
export function faultyInterfaces(edge: Pick<EdgeStatus, "links">): string[] {
  const names = faultyLinks(edge).flatMap((link) => (link.interface === null ? [] : [link.interface]));
  return [...new Set(names)];
}
