import {
  appendTicketNote,
  changeTicketSeverity,
  createOutageTicket,
  getCustomerCache,
  getLinksWithEdgeInfo,
  getSingleTicketBasic,
  getTicketDetails,
  getTicketsBasic,
  openTicketDetail,
  requestEdgeEvents,
  requestNetworkEnterpriseEdges,
  resolveTicketDetail,
  slackNotification,
  unpauseTicketDetail,
} from "@trunkline/contracts";

/** Everything the monitor asks. */
export const questions = [
  appendTicketNote,
  changeTicketSeverity,
  createOutageTicket,
  getCustomerCache,
  getLinksWithEdgeInfo,
  getSingleTicketBasic,
  getTicketDetails,
  getTicketsBasic,
  openTicketDetail,
  requestEdgeEvents,
  requestNetworkEnterpriseEdges,
  resolveTicketDetail,
  unpauseTicketDetail,
] as const;
export type Question = (typeof questions)[number];

/** Everything the monitor tells. */
export const notifications = [slackNotification] as const;
