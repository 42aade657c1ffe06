import type { Slip, Victim } from "./mishaps.ts";

/** Something that happens in the network. */
export interface NetworkAction {
  readonly kind: "fail-link" | "heal-link" | "fail-edge" | "fail-unit" | "fail-standby" | "failover" | "heal-edge";
  readonly at: number;
  readonly edge: number;
  readonly interface?: string;
}

export const personalActions = ["assign", "pause", "move", "lock", "resolve", "close", "note"] as const;

/** What a person does with the open ticket of an edge; nothing when there is none at that moment. */
export interface DeskAction {
  readonly kind: (typeof personalActions)[number];
  readonly at: number;
  readonly serial: string;
}

/** A look at a host by one of the two services. */
export interface Look {
  readonly kind: "pass" | "triage";
  readonly at: number;
  readonly host: string;
  /** A third party that answers nothing during this look. */
  readonly away?: "velocloud" | "bruin";
}

/** Ends a program in the middle of the first work of its kind after that moment. */
export interface Kill {
  readonly kind: "kill";
  readonly at: number;
  readonly victim: Victim;
  readonly during: "a look" | "delayed work";
  /** Milliseconds of real time after the work has begun. */
  readonly afterMs: number;
}

/** A third party that loses a call or its answer in the first delayed work after that moment. */
export interface Mishap {
  readonly kind: "slip";
  readonly at: number;
  readonly slip: Slip;
}

export type PlannedEvent = NetworkAction | DeskAction | Look | Kill | Mishap;

/** Everything that happens in a day, in order; no two things at the same moment. Moments are milliseconds since 1970. */
export interface DayPlan {
  readonly start: number;
  readonly end: number;
  readonly events: readonly PlannedEvent[];
}
