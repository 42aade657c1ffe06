import type { CreationOutcome } from "./ticket-creation.ts";

/** One thing to do about an outage's ticket. */
export type StepName =
  | "count created"
  | "count reopened"
  | "tell created"
  | "tell reopened"
  /** Takes the edge's detail up again, which Bruin left resolved. */
  | "reopen"
  | "triage note"
  | "re-opening note"
  | "severity"
  /** Lowers the severity only when no other detail of the ticket is being worked on. */
  | "severity if alone";

export interface Step {
  readonly name: StepName;
  /** Left out unless that step was done. */
  readonly after?: StepName;
}

const steps: Readonly<Record<CreationOutcome, readonly Step[]>> = {
  created: [{ name: "count created" }, { name: "tell created" }, { name: "triage note" }, { name: "severity" }],
  "already-open": [{ name: "severity if alone" }],
  "still-resolved": [
    { name: "reopen" },
    { name: "tell reopened", after: "reopen" },
    { name: "re-opening note", after: "reopen" },
    { name: "count reopened", after: "reopen" },
    { name: "severity if alone" },
  ],
  reopened: [{ name: "count reopened" }, { name: "re-opening note" }, { name: "severity if alone" }],
  // The detail is new on this ticket, so it gets a first note rather than one about a re-opening.
  "new-detail": [{ name: "count reopened" }, { name: "triage note" }, { name: "severity" }],
};

/** What to do, in order, after Bruin has said what became of the ticket. */
export function documentationSteps(outcome: CreationOutcome): readonly Step[] {
  return steps[outcome];
}
