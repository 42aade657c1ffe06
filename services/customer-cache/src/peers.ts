import type { Ask } from "@trunkline/cache";
import {
  type emailNotification,
  type getCustomerCache,
  getCustomerInfo,
  getInventoryAttributes,
  getLinksWithEdgeInfo,
  getSite,
  getTicketContacts,
  requestEnterprisesEdges,
  requestLinksConfiguration,
  type slackNotification,
} from "@trunkline/contracts";
import type { ServiceBus } from "@trunkline/service";

/** What a build asks of the two bridges. */
export const asks = [
  getLinksWithEdgeInfo,
  requestEnterprisesEdges,
  requestLinksConfiguration,
  getCustomerInfo,
  getInventoryAttributes,
  getSite,
  getTicketContacts,
] as const;

/** A question for one of the bridges. */
export type Asked = (typeof asks)[number];

export type CacheBus = ServiceBus<
  typeof getCustomerCache,
  Asked,
  typeof slackNotification | typeof emailNotification,
  never
>;

/** Asks one of the bridges. */
export type AskBridge = Ask<Asked>;
