export { NotNow, Unknown, WorldError } from "./errors.ts";
export type { Fault, FaultKind, NewFault } from "./faults/fault.ts";
export type { FaultList } from "./faults/fault-list.ts";
export { type Sandbox, type SandboxOptions, startSandbox } from "./sandbox.ts";
export type { StandInSettings } from "./stand-ins/stand-in.ts";
export type { FleetOptions } from "./world/fleet.ts";
export type { Message } from "./world/messages.ts";
export type { EdgeView, LinkView, TicketSummary, TicketView } from "./world/views.ts";
export type { World } from "./world/world.ts";
