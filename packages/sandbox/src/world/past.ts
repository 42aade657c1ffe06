import type { Random } from "../random.ts";
import type { EventLog } from "./event-log.ts";
import type { Edge } from "./model.ts";

const HOUR = 3_600_000;

/** Gives every edge a past: it came up once, and some of its links were away for a while in the last week. */
export function writePast(
  events: EventLog,
  edges: readonly Edge[],
  { random, now }: { random: Random; now: Date },
): void {
  for (const edge of edges) {
    if (edge.state === "NEVER_ACTIVATED") continue;
    events.add({ edge, at: edge.upSince, name: "EDGE_UP", message: "Edge is up" });
    const link = edge.links[edge.links.length - 1];
    if (link === undefined || random.next() > 0.3) continue;
    const died = new Date(now.getTime() - random.integer(8 * HOUR, 160 * HOUR));
    const returned = new Date(died.getTime() + random.integer(60_000, 2 * HOUR));
    events.add({ edge, at: died, name: "LINK_DEAD", message: `Link ${link.interface} is now DEAD` });
    events.add({ edge, at: returned, name: "LINK_ALIVE", message: `Link ${link.interface} is no longer DEAD` });
    link.since = returned;
  }
}
