import {
  appendTicketNote,
  getTicketDetails,
  getTicketsBasic,
  requestEdgeEvents,
  slackNotification,
} from "@trunkline/contracts";
import { askForCache, askForLinks, askForPairs } from "@trunkline/monitor";

/** Everything that triage asks. */
export const questions = [
  appendTicketNote,
  askForCache,
  askForLinks,
  getTicketDetails,
  getTicketsBasic,
  requestEdgeEvents,
  askForPairs,
] as const;
export type Question = (typeof questions)[number];

/** Everything that triage tells. */
export const notifications = [slackNotification] as const;
