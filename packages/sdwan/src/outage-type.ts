import { type EdgeStatus, isEdgeDown, isLinkFaulty } from "./edge-status.ts";

/** What can be wrong with an edge, in the words that notes, metrics and people use. */
export const outageTypes = [
  "Link Down (no HA)",
  "Hard Down (no HA)",
  "Link Down (HA)",
  "Soft Down (HA)",
  "Hard Down (HA)",
] as const;
export type OutageType = (typeof outageTypes)[number];

/**
 * The outage an edge is in, or null for a healthy one.
 *
 * An edge of a pair that is up with a faulty link is in "Link Down (HA)" whatever its partner's state: a link that is
 * dead while the standby is offline too still wants its ticket, and is not healthy.
 */
export function outageTypeOf(edge: EdgeStatus): OutageType | null {
  const down = isEdgeDown(edge);
  if (edge.partner === null) {
    if (down) return "Hard Down (no HA)";
    return edge.links.some(isLinkFaulty) ? "Link Down (no HA)" : null;
  }
  if (down) return isEdgeDown(edge.partner) ? "Hard Down (HA)" : "Soft Down (HA)";
  return edge.links.some(isLinkFaulty) ? "Link Down (HA)" : null;
}

/**
 * Whether an outage of this edge gets a ticket of its own. What strikes a pair as a whole is written down for its
 * primary alone; a soft outage concerns the one of the two that is down.
 */
export function isDocumented(type: OutageType, edge: EdgeStatus): boolean {
  return type === "Soft Down (HA)" || edge.partner?.role !== "standby";
}

/** Link outages leave the edge up; every other type has it down. */
export function isLinkOutage(type: OutageType): boolean {
  return type === "Link Down (no HA)" || type === "Link Down (HA)";
}
