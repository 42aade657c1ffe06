import type { Edge } from "./model.ts";

export type EventName =
  | "EDGE_UP"
  | "EDGE_DOWN"
  | "LINK_ALIVE"
  | "LINK_DEAD"
  | "EDGE_INTERFACE_UP"
  | "EDGE_INTERFACE_DOWN"
  | "HA_FAILED"
  | "HA_READY"
  | "HA_GOING_ACTIVE";

/** Something an Orchestrator wrote down about an edge. */
export interface NetworkEvent {
  readonly id: number;
  readonly at: Date;
  readonly name: EventName;
  readonly message: string;
  readonly edge: Edge;
}

/** What each edge remembers; a flapping link must not fill the memory. */
const KEPT_PER_EDGE = 500;

export interface EventLog {
  add(event: Omit<NetworkEvent, "id">): void;
  /** Events of these edges, newest first; both ends of the interval included. */
  between(edges: Iterable<Edge>, start: Date, end: Date): NetworkEvent[];
}

export function createEventLog(): EventLog {
  const byEdge = new Map<Edge, NetworkEvent[]>();
  let lastId = 50_000;
  return {
    add(event) {
      const events = byEdge.get(event.edge) ?? [];
      events.push({ ...event, id: ++lastId });
      if (events.length > KEPT_PER_EDGE) events.shift();
      byEdge.set(event.edge, events);
    },
    between(edges, start, end) {
      const found: NetworkEvent[] = [];
      for (const edge of edges) {
        for (const event of byEdge.get(edge) ?? []) {
          if (event.at >= start && event.at <= end) found.push(event);
        }
      }
      return found.sort((one, other) => other.at.getTime() - one.at.getTime() || other.id - one.id);
    },
  };
}
