import type { Fault } from "../faults/fault.ts";
import type { Call } from "../stand-ins/calls.ts";
import type { Traffic } from "./traffic.ts";

/** What happens around the world, by the type of its events in the stream; the world tells of itself. */
export interface SandboxEvents {
  readonly call: Call;
  readonly nats: Traffic;
  /** All faults there are now. */
  readonly fault: readonly Fault[];
}
