import {
  cachedEdge,
  cachedSite,
  getCustomerCache,
  getLinksWithEdgeInfo,
  linkStatusRow,
  networkEdgeRow,
  requestNetworkEnterpriseEdges,
} from "@trunkline/contracts";
import { z } from "zod";

/**
 * What monitors need to know of the edges of a host. Hosts have tens of thousands of them, so that whatever else stands
 * in the replies is dropped as they are read.
 */
const hostLink = linkStatusRow
  .pick({
    edgeSerialNumber: true,
    edgeHASerialNumber: true,
    edgeName: true,
    edgeState: true,
    edgeLastContact: true,
    interface: true,
    displayName: true,
    linkIpAddress: true,
    linkState: true,
  })
  .strip();
export type HostLink = z.output<typeof hostLink>;

const hostPair = networkEdgeRow.pick({ serialNumber: true, haState: true }).strip();
export type HostPair = z.output<typeof hostPair>;

const hostEdge = cachedEdge
  .pick({
    edge: true,
    edge_name: true,
    serial_number: true,
    bruin_client_info: true,
    logical_ids: true,
    links_configuration: true,
  })
  .extend({ site_details: cachedSite.pick({ tzOffset: true }).strip().nullable().catch(null) })
  .strip();
export type HostEdge = z.output<typeof hostEdge>;

export const askForLinks = { ...getLinksWithEdgeInfo, reply: z.array(hostLink) };
export const askForPairs = { ...requestNetworkEnterpriseEdges, reply: z.array(hostPair) };
/** 202 is a success to a requester that looks at the hundreds alone, and carries a text. */
export const askForCache = { ...getCustomerCache, reply: z.union([z.array(hostEdge), z.string()]) };
