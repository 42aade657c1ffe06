import type { CreationOutcome } from "./ticket-creation.ts";

/** One thing to do about an outage's ticket. */
export type StepName =
  | "count created"
  | "count reopened"
  | "tell created"
  | "tell reopened"
  /** Takes the edge's detail up again, which Bruin left resolved. */
  | "reopen"
  /** What was forwarded in an earlier cycle of the ticket may be forwarded again in this one. */
  | "forget forwards"
  | "triage note"
  | "re-opening note"
  | "severity"
  /** Lowers the severity only when no other detail of the ticket is being worked on. */
  | "severity if alone"
  /** People get the edge's task if the outage has not healed by then. */
  | "HNOC later"
  /** Tells the customer that a circuit which they bring is down. */
  | "acknowledge"
  /** Tells the customer again, once a day. */
  | "remind"
  /** Tells the customer that nothing at the site is up any more. */
  | "tell all down"
  | "reboot modems"
  /** Hands modems to people that a reboot did not bring back. */
  | "follow up modems"
  | "lines to IPA"
  /** Workers get the lines' tasks if the outage has not healed by then. */
  | "lines to workers later";

export interface Step {
  readonly name: StepName;
  /** Left out unless that step was done. */
  readonly after?: StepName;
}

/** What to do, in order, after Bruin has said what became of the ticket. */
export function documentationSteps(outcome: CreationOutcome, isForHnoc: boolean): readonly Step[] {
  const lines: Step[] = [{ name: "lines to IPA" }];
  // A task that could not be re-opened is not handed to people: it is resolved.
  const after = outcome === "still-resolved" ? ({ after: "reopen" } as const) : {};
  if (isForHnoc) lines.push({ name: "lines to workers later", ...after });
  const hand: Step = isForHnoc
    ? { name: "HNOC later", ...after }
    : { name: outcome === "already-open" ? "remind" : "acknowledge" };
  switch (outcome) {
    case "created":
      return [
        { name: "forget forwards" },
        { name: "count created" },
        { name: "tell created" },
        { name: "triage note" },
        { name: "severity" },
        hand,
        { name: "tell all down" },
        { name: "reboot modems" },
        ...lines,
      ];
    case "already-open":
      return [{ name: "severity if alone" }, hand, { name: "follow up modems" }, ...lines];
    case "still-resolved":
      return [
        { name: "reopen" },
        { name: "forget forwards", after: "reopen" },
        { name: "tell reopened", after: "reopen" },
        { name: "re-opening note", after: "reopen" },
        { name: "count reopened", after: "reopen" },
        { name: "severity if alone" },
        hand,
        { name: "reboot modems" },
        ...lines,
      ];
    case "reopened":
      return [
        { name: "forget forwards" },
        { name: "count reopened" },
        { name: "re-opening note" },
        { name: "severity if alone" },
        hand,
        ...lines,
      ];
    // The detail is new on this ticket, so it gets a first note rather than one about a re-opening.
    case "new-detail":
      return [
        { name: "forget forwards" },
        { name: "count reopened" },
        { name: "triage note" },
        { name: "severity" },
        hand,
        ...lines,
      ];
  }
}
