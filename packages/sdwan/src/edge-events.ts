import { type EdgeEvent, parseWireDate } from "@trunkline/contracts";

/** When something was last seen to come up and to go down; null where no event tells. */
export interface LastSeen {
  readonly online: Date | null;
  readonly offline: Date | null;
}

/** The names of the events that {@link lastSeen} reads. */
export const statusEvents = ["EDGE_UP", "EDGE_DOWN", "LINK_ALIVE", "LINK_DEAD"] as const;

/** Newest events of an edge and of each of its interfaces, in whatever order they come. */
export function lastSeen(events: readonly EdgeEvent[]): {
  readonly edge: LastSeen;
  interface(name: string): LastSeen;
} {
  const newest = new Map<string, Date>();
  for (const event of events) {
    const moment = parseWireDate(event.eventTime);
    if (moment === undefined) continue;
    const about = event.event.startsWith("LINK_") ? interfaceOf(event.message) : "";
    if (about === null) continue;
    const key = keyOf(event.event, about);
    const known = newest.get(key);
    if (known === undefined || known < moment) newest.set(key, moment);
  }
  const find = (event: string, about: string) => newest.get(keyOf(event, about)) ?? null;
  return {
    edge: { online: find("EDGE_UP", ""), offline: find("EDGE_DOWN", "") },
    interface: (name) => ({ online: find("LINK_ALIVE", name), offline: find("LINK_DEAD", name) }),
  };
}

/**
 * The interface an event's message is about: `Interface GE1 is up`, `Link GE-2/1 is now DEAD`. Null for a message of
 * another form, because an Orchestrator's wording is not ours to insist on.
 */
export function interfaceOf(message: string | null): string | null {
  return /^(?:Interface|Link) (.+?) is (?:up|down|now|no longer)\b/.exec(message ?? "")?.[1] ?? null;
}

function keyOf(event: string, about: string): string {
  return JSON.stringify([event, about]);
}
