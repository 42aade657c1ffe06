import {
  appendTicketNote,
  changeTicketSeverity,
  changeTicketWork,
  closeTicket,
  createOutageTicket,
  getCustomerCache,
  getLinksWithEdgeInfo,
  getSingleTicketBasic,
  getTicketDetails,
  getTicketsBasic,
  openTicketDetail,
  outageForwardDone,
  rebootDigi,
  requestEdgeEvents,
  requestNetworkEnterpriseEdges,
  resolveTicketDetail,
  sendMilestoneEmail,
  slackNotification,
  unpauseTicketDetail,
} from "@trunkline/contracts";

/** Everything the monitor asks. */
export const questions = [
  appendTicketNote,
  changeTicketSeverity,
  changeTicketWork,
  closeTicket,
  createOutageTicket,
  getCustomerCache,
  getLinksWithEdgeInfo,
  getSingleTicketBasic,
  getTicketDetails,
  getTicketsBasic,
  openTicketDetail,
  rebootDigi,
  requestEdgeEvents,
  requestNetworkEnterpriseEdges,
  resolveTicketDetail,
  sendMilestoneEmail,
  unpauseTicketDetail,
] as const;
export type Question = (typeof questions)[number];

/** Everything the monitor tells. */
export const notifications = [slackNotification] as const;

/** Everything the monitor is told. */
export const tidings = [outageForwardDone] as const;
