export { type Ask, type Asking, askPeers, type Failure } from "./ask-peers.ts";
export type { DuplicateInventories } from "./duplicate-inventories.ts";
export { keepLists } from "./keep-lists.ts";
export type { LoadedEntry, LoadedLists } from "./loaded-lists.ts";
export { isStatusAmong } from "./management-status.ts";
export { mailDate, type Naming } from "./naming.ts";
export type { PeopleBus } from "./people-bus.ts";
export { collectProblems, type Problems } from "./problems.ts";
export type { Building, Built, Replacement } from "./refresh-list.ts";
