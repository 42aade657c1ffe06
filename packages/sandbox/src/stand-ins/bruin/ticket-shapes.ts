import { productCategoryOf } from "../../world/inventory.ts";
import type { Address } from "../../world/model.ts";
import type { Detail, HistoryEntry, Note, Ticket } from "../../world/ticket.ts";
import { queueKey } from "../../world/work-queues.ts";
import { compactDate, offsetDate, ticketDate } from "./dates.ts";

/** Bruin's number of the user behind the API. */
export const API_USER_ID = 442_301;

export function addressShape({ street, city, state, zip }: Address) {
  return { address: street, city, state, zip, country: "USA" };
}

/** A ticket as `GET /api/Ticket/basic` lists it. */
export function basicTicket(ticket: Ticket) {
  return {
    clientID: ticket.customer.id,
    ticketID: ticket.id,
    ticketStatus: ticket.status,
    address: addressShape(ticket.site.address),
    createDate: ticketDate(ticket.createdAt),
    createdBy: ticket.createdBy,
    callType: "REP",
    category: ticket.topic,
    severity: ticket.severity,
  };
}

/** A ticket as `GET /api/Ticket` lists it. */
export function longTicket(ticket: Ticket) {
  const lastEntry = ticket.history.at(-1);
  return {
    clientID: ticket.customer.id,
    clientName: ticket.customer.name,
    ticketID: ticket.id,
    category: ticket.topic,
    topic: ticket.topic,
    referenceTicketNumber: 0,
    ticketStatus: ticket.status,
    address: addressShape(ticket.site.address),
    createDate: ticketDate(ticket.createdAt),
    createdBy: ticket.createdBy,
    creationNote: ticket.description,
    resolveDate: ticket.resolvedAt === null ? "" : ticketDate(ticket.resolvedAt),
    resolvedby: ticket.resolvedAt === null ? null : ticket.createdBy,
    closeDate: ticket.closedAt === null ? null : ticketDate(ticket.closedAt),
    closedBy: ticket.closedAt === null ? null : ticket.createdBy,
    lastUpdate: ticketDate(lastEntry?.at ?? ticket.createdAt),
    updatedBy: lastEntry?.by ?? ticket.createdBy,
    mostRecentNote: ticket.notes.at(-1)?.text ?? null,
    nextScheduledDate: "",
    flags: "",
    severity: String(ticket.severity),
  };
}

export function ticketDetail(detail: Detail) {
  return {
    detailID: detail.id,
    detailType: "Repair_WTN",
    detailStatus: detail.status,
    detailValue: detail.asset.serviceNumber,
    assignedToName: detail.assignedTo ?? "0",
    currentTaskID: queueKey(detail.task),
    currentTaskName: detail.task,
    lastUpdatedBy: API_USER_ID,
    lastUpdatedAt: offsetDate(detail.updatedAt),
  };
}

export function ticketNote(note: Note) {
  return {
    noteId: note.id,
    noteValue: note.text,
    serviceNumber: note.serviceNumbers.length === 0 ? null : note.serviceNumbers,
    createdDate: offsetDate(note.at),
    creator: note.author,
    noteType: note.type,
  };
}

/** One entry of a ticket's task history; its keys are column titles. */
export function historyEvent(ticket: Ticket, { at, by, detail, note, task, taskResult }: HistoryEntry) {
  const { street, city, state, zip } = ticket.site.address;
  return {
    ClientName: ticket.customer.name,
    "Ticket Entered Date": compactDate(ticket.createdAt),
    EnteredDate: offsetDate(ticket.createdAt),
    CallTicketID: ticket.id,
    "Initial Note @ Ticket Creation": ticket.description,
    DetailID: detail?.id ?? null,
    Product: detail?.asset.link === null ? productCategoryOf(detail.asset) : null,
    Asset: detail?.asset.serviceNumber ?? null,
    Address1: street,
    Address2: null,
    City: city,
    State: state,
    Zip: zip,
    "Site Name": ticket.site.label,
    NoteType: note?.type ?? null,
    Notes: note?.text ?? null,
    "Note Entered Date": note === null ? null : compactDate(at),
    EnteredDate_N: offsetDate(at),
    "Note Entered By": note === null ? null : by,
    "Task Assigned To": detail?.assignedTo ?? null,
    Task: task,
    "Task Result": taskResult,
    SLA: null,
    "Ticket Status": ticket.status,
  };
}
