import type { Edge, Link } from "../../world/model.ts";

/** What an Orchestrator writes for "never". */
export const never = "0000-00-00 00:00:00";

const HEARTBEAT_MS = 30_000;

/** When an edge was last heard of: a heartbeat ago, or when it went away. */
export function lastContact(edge: Edge, now: Date): string {
  if (edge.state === "NEVER_ACTIVATED") return never;
  return (edge.state === "CONNECTED" ? heartbeat(edge.id, now) : edge.since).toISOString();
}

export function lastActive(link: Link, now: Date): Date {
  return link.state === "STABLE" ? heartbeat(link.id, now) : link.since;
}

export function upSince(edge: Edge): string {
  return edge.state === "NEVER_ACTIVATED" ? never : edge.upSince.toISOString();
}

/** Heartbeats of different things do not fall on the same second. */
function heartbeat(id: number, now: Date): Date {
  return new Date(now.getTime() - (((id * 7_919) % HEARTBEAT_MS) + (now.getTime() % 1_000)));
}
