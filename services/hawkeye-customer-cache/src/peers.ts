import type { Ask } from "@trunkline/cache";
import {
  type emailNotification,
  getCustomerInfo,
  type getHawkeyeCustomerCache,
  getManagementStatus,
  requestProbes,
  type slackNotification,
} from "@trunkline/contracts";
import type { ServiceBus } from "@trunkline/service";

/** What a build asks of the two bridges. */
export const asks = [requestProbes, getCustomerInfo, getManagementStatus] as const;

/** A question for one of the bridges. */
export type Asked = (typeof asks)[number];

export type CacheBus = ServiceBus<
  typeof getHawkeyeCustomerCache,
  Asked,
  typeof slackNotification | typeof emailNotification,
  never
>;

/** Asks one of the bridges. */
export type AskBridge = Ask<Asked>;
