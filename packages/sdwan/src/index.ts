export { interfaceOf, type LastSeen, lastSeen, statusEvents } from "./edge-events.ts";
export {
  type EdgeStatus,
  faultyInterfaces,
  faultyLinks,
  groupByEdge,
  isEdgeDown,
  isLinkFaulty,
  type LinkStatus,
  type Partner,
} from "./edge-status.ts";
export { pairUp } from "./high-availability.ts";
export { isBusinessGrade, isCustomerOwned } from "./link-labels.ts";
export { type LinkType, linkTypeOf } from "./link-type.ts";
export { isDocumented, isLinkOutage, type OutageType, outageTypeOf, outageTypes } from "./outage-type.ts";
export { type DayHours, isSiteDay } from "./site-hours.ts";
