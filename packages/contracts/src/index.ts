export type {
  BodyOf,
  Complaints,
  Contract,
  Effect,
  MessageContract,
  ParsedBodyOf,
  ReplyOf,
  RequestContract,
} from "./contract.ts";
export { contractsOf } from "./contract.ts";
export {
  type CachedContact,
  type CachedEdge,
  type CachedLogicalId,
  type CachedSite,
  cachedContact,
  cachedEdge,
  cachedLogicalId,
  cachedSite,
  type EdgeIdentity,
  edgeIdentity,
  getCustomerCache,
} from "./customer-cache.ts";
export { pythonRepr } from "./python-repr.ts";
export {
  type EdgeEvent,
  type EnterpriseEdgeLink,
  type EnterpriseEdgeRow,
  edgeEvent,
  enterpriseEdgeLink,
  enterpriseEdgeRow,
  getLinksWithEdgeInfo,
  type LinkStatusRow,
  linkStatusRow,
  type NetworkEdgeRow,
  networkEdgeRow,
  requestEdgeEvents,
  requestEnterprisesEdges,
  requestLinksConfiguration,
  requestNetworkEnterpriseEdges,
  type WanLink,
  wanLink,
} from "./velocloud.ts";
export { parseWireDate, wireDate, wireId } from "./wire.ts";
