import {
  appendTicketNote,
  changeTicketSeverity,
  changeTicketWork,
  closeTicket,
  createOutageTicket,
  getSingleTicketBasic,
  getTicketDetails,
  getTicketsBasic,
  openTicketDetail,
  outageForwardDone,
  rebootDigi,
  requestEdgeEvents,
  resolveTicketDetail,
  sendMilestoneEmail,
  slackNotification,
  unpauseTicketDetail,
} from "@trunkline/contracts";
import { askForCache, askForLinks, askForPairs } from "@trunkline/monitor";

/** Everything the monitor asks. */
export const questions = [
  appendTicketNote,
  changeTicketSeverity,
  changeTicketWork,
  closeTicket,
  createOutageTicket,
  askForCache,
  askForLinks,
  getSingleTicketBasic,
  getTicketDetails,
  getTicketsBasic,
  openTicketDetail,
  rebootDigi,
  requestEdgeEvents,
  askForPairs,
  resolveTicketDetail,
  sendMilestoneEmail,
  unpauseTicketDetail,
] as const;
export type Question = (typeof questions)[number];

/** Everything the monitor tells. */
export const notifications = [slackNotification] as const;

/** Everything the monitor is told. */
export const tidings = [outageForwardDone] as const;
