import {
  appendTicketNote,
  getCustomerCache,
  getLinksWithEdgeInfo,
  getTicketDetails,
  getTicketsBasic,
  requestEdgeEvents,
  requestNetworkEnterpriseEdges,
  slackNotification,
} from "@trunkline/contracts";

/** Everything that triage asks. */
export const questions = [
  appendTicketNote,
  getCustomerCache,
  getLinksWithEdgeInfo,
  getTicketDetails,
  getTicketsBasic,
  requestEdgeEvents,
  requestNetworkEnterpriseEdges,
] as const;
export type Question = (typeof questions)[number];

/** Everything that triage tells. */
export const notifications = [slackNotification] as const;
