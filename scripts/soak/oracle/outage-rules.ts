import type { Unit } from "./network-model.ts";

export type Verdict =
  | { readonly kind: "healthy" }
  /** Down, and somebody else's business: the other unit of the pair tells of it. */
  | { readonly kind: "other" }
  | { readonly kind: "outage"; readonly type: OutageName };

export type OutageName =
  | "Link Down (no HA)"
  | "Hard Down (no HA)"
  | "Link Down (HA)"
  | "Soft Down (HA)"
  | "Hard Down (HA)";

/** What is wrong with a unit, and whether a ticket tells of it. */
export function verdictOn({ isPrimary, isDown, partnerIsDown, faulty }: Unit): Verdict {
  const type = nameOf({ isDown, partnerIsDown, hasFaultyLink: faulty.length > 0 });
  if (type === undefined) return { kind: "healthy" };
  // A pair has one ticket for a link and for the whole location; a unit that is down alone has its own.
  return isPrimary || type === "Soft Down (HA)" ? { kind: "outage", type } : { kind: "other" };
}

interface Condition {
  readonly isDown: boolean;
  readonly partnerIsDown: boolean | null;
  readonly hasFaultyLink: boolean;
}

function nameOf({ isDown, partnerIsDown, hasFaultyLink }: Condition): OutageName | undefined {
  if (partnerIsDown === null) {
    if (isDown) return "Hard Down (no HA)";
    return hasFaultyLink ? "Link Down (no HA)" : undefined;
  }
  if (isDown) return partnerIsDown ? "Hard Down (HA)" : "Soft Down (HA)";
  return hasFaultyLink ? "Link Down (HA)" : undefined;
}
