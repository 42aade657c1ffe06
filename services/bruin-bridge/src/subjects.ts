import type { Handler, ServeOptions } from "@trunkline/bus";
import {
  appendTicketNote,
  appendTicketNotes,
  changeTicketSeverity,
  changeTicketWork,
  closeTicket,
  createOutageTicket,
  createTicket,
  getAssetTopics,
  getCircuit,
  getCustomerByPhoneNumber,
  getCustomerInfo,
  getDetailIds,
  getInventoryAttributes,
  getManagementStatus,
  getNextResults,
  getSerialNumber,
  getSingleTicketBasic,
  getSite,
  getTaskHistory,
  getTicketContacts,
  getTicketDetails,
  getTicketOverview,
  getTickets,
  getTicketsBasic,
  linkTicketToEmail,
  markEmailDone,
  openTicketDetail,
  type RequestContract,
  replyToEmail,
  resolveTicketDetail,
  sendMilestoneEmail,
  setEmailStatus,
  subscribeUser,
  tagEmail,
  unpauseTicketDetail,
} from "@trunkline/contracts";
import { appendNote, findNote } from "./append-note.ts";
import { appendNotes, findNotes } from "./append-notes.ts";
import { listTopics } from "./asset-topics.ts";
import { findManagementStatus, findSerialNumber } from "./attribute-value.ts";
import { listTickets } from "./basic-tickets.ts";
import type { BruinClient } from "./bruin-client.ts";
import { changeWork } from "./change-work.ts";
import { findMove } from "./change-work-recovery.ts";
import { findCircuit } from "./circuit.ts";
import { close, findClosed } from "./close-ticket.ts";
import { findOpenedTickets, openTicket } from "./create-ticket.ts";
import { getCustomers } from "./customer-info.ts";
import { listDetailIds } from "./detail-ids.ts";
import { findOpened, findResolved, openDetail, resolveDetail } from "./detail-status.ts";
import { markDone, setStatus } from "./email-status.ts";
import { getAttributes } from "./inventory-attributes.ts";
import { linkEmail } from "./link-email.ts";
import { sendMilestone } from "./milestone-email.ts";
import { listNextResults } from "./next-results.ts";
import { openOutageTicket } from "./outage-ticket.ts";
import { findCreatedTicket } from "./outage-ticket-recovery.ts";
import { findByPhoneNumber } from "./phone-number.ts";
import { doAgain, type Recover } from "./recovery.ts";
import { replyToAll } from "./reply-email.ts";
import { changeSeverity, findSeverity } from "./severity.ts";
import { getSingleTicket } from "./single-ticket.ts";
import { findSite } from "./site.ts";
import { subscribe } from "./subscribe-user.ts";
import { addTag, addTagAgain } from "./tag-email.ts";
import { listTaskHistory } from "./task-history.ts";
import { listContacts } from "./ticket-contacts.ts";
import { getDetails } from "./ticket-details.ts";
import { getOverview } from "./ticket-overview.ts";
import { listTicketsByStatus } from "./tickets-by-status.ts";
import { unpauseDetail } from "./unpause.ts";

/** What handlers are made of. */
type Make<Made> = (bruin: BruinClient, ownUser: string) => Made;

interface SubjectServer {
  serve<C extends RequestContract>(contract: C, handler: Handler<C>, options?: ServeOptions<C>): Promise<void>;
}

/** One subject, with what answers it. */
export interface ServedSubject {
  readonly contract: RequestContract;
  /** @param ownUser display name of the automation's user in Bruin */
  serve(bus: SubjectServer, bruin: BruinClient, ownUser: string): Promise<void>;
}

/**
 * Every subject that the bridge answers. A write names beside its handler how a first attempt without an answer is
 * followed up; without that a repetition is refused.
 */
export const subjects: readonly ServedSubject[] = [
  // Tickets, read
  served(getTicketsBasic, listTickets),
  served(getSingleTicketBasic, getSingleTicket),
  served(getTickets, listTicketsByStatus),
  served(getTicketOverview, getOverview),
  served(getTicketDetails, getDetails),
  served(getDetailIds, listDetailIds),
  served(getNextResults, listNextResults),
  served(getTaskHistory, listTaskHistory),
  // Tickets, written
  served(createOutageTicket, openOutageTicket, findCreatedTicket),
  served(createTicket, openTicket, findOpenedTickets),
  served(appendTicketNote, appendNote, findNote),
  served(appendTicketNotes, appendNotes, findNotes),
  served(changeTicketSeverity, changeSeverity, findSeverity),
  served(closeTicket, close, findClosed),
  served(subscribeUser, subscribe, () => doAgain),
  // Details
  served(openTicketDetail, openDetail, findOpened),
  served(resolveTicketDetail, resolveDetail, findResolved),
  served(unpauseTicketDetail, unpauseDetail, () => doAgain),
  served(changeTicketWork, changeWork, findMove),
  // Customers and what they have
  served(getCustomerInfo, getCustomers),
  served(getCustomerByPhoneNumber, findByPhoneNumber),
  served(getSite, findSite),
  served(getTicketContacts, listContacts),
  served(getInventoryAttributes, getAttributes),
  served(getSerialNumber, findSerialNumber),
  served(getManagementStatus, findManagementStatus),
  served(getCircuit, findCircuit),
  served(getAssetTopics, listTopics),
  // E-mails
  served(tagEmail, addTag, addTagAgain),
  served(linkTicketToEmail, linkEmail, () => doAgain),
  served(markEmailDone, markDone, () => doAgain),
  served(setEmailStatus, setStatus, () => doAgain),
  served(replyToEmail, replyToAll),
  served(sendMilestoneEmail, sendMilestone),
];

function served<C extends RequestContract>(
  contract: C,
  handler: Make<Handler<C>>,
  recover?: Make<Recover<C>>,
): ServedSubject {
  return {
    contract,
    serve: (bus, bruin, ownUser) =>
      bus.serve(contract, handler(bruin, ownUser), recover && { recover: recover(bruin, ownUser) }),
  };
}
