import { z } from "zod";
import { wireId } from "./wire.ts";

// Bruin writes null for what it does not know and leaves keys out at will. A value of an unexpected type becomes null
// too, because one odd ticket must not hide all the others; only what a row is recognised by is insisted on.
const text = z.string().nullable().catch(null);
const id = wireId.nullable().catch(null);

const address = z
  .looseObject({ address: text, city: text, state: text, zip: text, country: text })
  .nullable()
  .catch(null);

/** A ticket as `bruin.ticket.basic.request` lists it. */
export const basicTicket = z.looseObject({
  ticketID: wireId,
  clientID: id,
  ticketStatus: text.describe("New, In-Progress or InProgress, Draft, Resolved, Closed"),
  address,
  createDate: text.describe("M/D/YYYY h:mm:ss AM|PM, without a zone"),
  createdBy: text.describe("Display name; the automation's own user opens what it may resolve by itself"),
  callType: text.describe("REP: repair"),
  category: text.describe("VOO: service outage; VAS: service affecting"),
  severity: id.describe("2: service down, 3: degraded"),
});
export type BasicTicket = z.output<typeof basicTicket>;

/** A ticket as `bruin.ticket.request` and `bruin.ticket.overview.request` give it. */
export const longTicket = z.looseObject({
  ticketID: wireId,
  clientID: id,
  clientName: text,
  category: text.describe("One or several categories, separated by commas"),
  topic: text.describe("VOO: service outage; VAS: service affecting"),
  ticketStatus: text.describe("New, In-Progress or InProgress, Draft, Resolved, Closed"),
  address,
  createDate: text.describe("M/D/YYYY h:mm:ss AM|PM, without a zone"),
  createdBy: text.describe("Display name"),
  severity: id.describe("2: service down, 3: degraded; Bruin writes it as a text here"),
});
export type LongTicket = z.output<typeof longTicket>;

/** One line of a ticket, also called a task: the work on one service number. */
export const ticketDetail = z.looseObject({
  detailID: wireId,
  detailType: text,
  detailStatus: text.describe("I: in progress, R: resolved, C: closed"),
  detailValue: text.describe("The service number: an edge's serial or a line's WTN"),
  assignedToName: text.describe("Empty, blank, `0` or null while nobody is assigned"),
  currentTaskID: id,
  currentTaskName: text.describe("The work queue it lies in"),
  lastUpdatedBy: id,
  lastUpdatedAt: text.describe("ISO 8601 with an offset"),
});
export type TicketDetail = z.output<typeof ticketDetail>;

/** A note of a ticket. Without service numbers it belongs to every line. */
export const ticketNote = z.looseObject({
  noteId: id,
  noteValue: text,
  serviceNumber: z.array(text).nullable().catch(null),
  createdDate: text.describe("ISO 8601 with an offset"),
  creator: text,
  noteType: text.describe("ADN: public, CON: private, RFO, CancellationReason"),
});
export type TicketNote = z.output<typeof ticketNote>;

export const ticketDetails = z.looseObject({
  ticketDetails: z.array(ticketDetail).nullable().catch(null).transform(orNone),
  ticketNotes: z.array(ticketNote).nullable().catch(null).transform(orNone),
});
export type TicketDetails = z.output<typeof ticketDetails>;

/** A note as Bruin confirms it right after it was written. */
export const writtenNote = z.looseObject({
  noteID: id,
  noteType: text,
  noteValue: text,
  detailID: id,
  enteredDate: text.describe("ISO 8601 with an offset"),
});
export type WrittenNote = z.output<typeof writtenNote>;

/** The details of some interfaces. Bruin answers a bare list, or an object around it. */
export const detailIds = z
  .union([z.array(wireId), z.looseObject({ detailIds: z.array(wireId) })])
  .transform((answer) => (Array.isArray(answer) ? answer : answer.detailIds));

/** Where a detail lies, and the results that move it on to another queue. */
export const nextResults = z.looseObject({
  currentTaskId: id,
  currentTaskKey: text,
  currentTaskName: text.describe("May end in blanks"),
  nextResults: z
    .array(z.looseObject({ resultTypeId: wireId, resultName: text }))
    .nullable()
    .catch(null)
    .transform(orNone),
});
export type NextResults = z.output<typeof nextResults>;

// Rows of the history are handed on to others as they came, so that a column Bruin left out stays out.
const column = z.string().nullish().catch(null);

/** One row of a ticket's task history; its keys are column titles. */
export const taskHistoryEvent = z.looseObject({
  Asset: column.describe("The service number"),
  EnteredDate: column.describe("When the ticket was entered: ISO 8601 with an offset"),
  EnteredDate_N: column.describe("When this happened: ISO 8601 with an offset"),
  "Note Entered By": column,
  NoteType: column,
  Notes: column,
  Product: column,
  Task: column,
  "Task Assigned To": column,
  "Task Result": column,
  "Ticket Status": column,
});
export type TaskHistoryEvent = z.output<typeof taskHistoryEvent>;

/**
 * What Bruin says about one asset of an outage ticket. These are no HTTP statuses.
 * `null` is a new ticket; `409` an open ticket already covers the asset; `471` a resolved ticket covers it and stays
 * resolved; `472` a resolved ticket and its line were re-opened; `473` a resolved ticket of the same site was
 * re-opened and got a line for this asset.
 */
export const outageErrorCodes = Object.freeze({
  alreadyOpen: 409,
  resolved: 471,
  reopened: 472,
  reopenedWithNewLine: 473,
});

/** The outcome for one service number (`wtn`); `ticketId` 0 means that Bruin made no ticket. */
export const outageItem = z.looseObject({
  ticketId: wireId,
  inventoryId: id,
  wtn: text,
  errorMessage: text,
  errorCode: id,
});
export type OutageItem = z.output<typeof outageItem>;

/** The full answer to an outage ticket's creation. Bruin calls the list `items` or `assets`; here it is `items`. */
export const outageCreation = z
  .looseObject({
    message: text,
    items: z.array(outageItem).nullish(),
    assets: z.array(outageItem).nullish(),
  })
  .transform(({ items, assets, ...rest }) => ({
    ...rest,
    items: [assets, items].find((list) => list != null && list.length > 0) ?? [],
  }));
export type OutageCreation = z.output<typeof outageCreation>;

/** An asset's attributes, such as `Management Status`, `GE1 Access Type` or `GE1 Service Number`. */
export const inventoryAttributes = z.looseObject({
  inventoryId: z.union([z.string(), z.number()]).nullable().catch(null),
  serviceNumber: text,
  attributes: z
    .array(z.looseObject({ key: text, value: text }))
    .nullable()
    .catch(null)
    .transform(orNone),
});
export type InventoryAttributes = z.output<typeof inventoryAttributes>;

/** What a circuit is at Bruin. */
export const circuit = z.looseObject({
  clientID: id,
  subAccount: text,
  wtn: text.describe("The line's service number"),
  inventoryID: id,
  addressID: id,
});
export type Circuit = z.output<typeof circuit>;

/** The kinds of ticket that may be opened for an asset. */
export const assetTopics = z.looseObject({
  callTypes: z
    .array(
      z.looseObject({
        callType: text.describe("REP: repair"),
        callTypeDescription: text,
        category: text.describe("VOO: service outage; VAS: service affecting"),
        categoryDescription: text,
      }),
    )
    .nullable()
    .catch(null)
    .transform(orNone),
});
export type AssetTopics = z.output<typeof assetTopics>;

/** The line behind a phone number. */
export const phoneLine = z.looseObject({
  inventoryId: id,
  clientId: id,
  clientName: text,
  btn: text.describe("Billing telephone number"),
});
export type PhoneLine = z.output<typeof phoneLine>;

/** The e-mail that an answer became. */
export const emailReply = z.looseObject({ emailId: wireId });

/** The client and site that a service number belongs to. */
export const customerInfo = z.looseObject({
  client_id: id,
  client_name: text,
  site_id: id,
});
export type CustomerInfo = z.output<typeof customerInfo>;

export const site = z.looseObject({
  clientID: id,
  clientName: text,
  siteID: id,
  siteLabel: text,
  address,
  longitude: z.number().nullable().catch(null),
  latitude: z.number().nullable().catch(null),
  timeZone: text.describe("Eastern, Central, Mountain, Pacific, ..."),
  primaryContactName: text,
  primaryContactPhone: text,
  primaryContactEmail: text,
});
export type Site = z.output<typeof site>;

/** Someone of a client who may be a ticket's contact. */
export const ticketContact = z.looseObject({
  firstName: text,
  lastName: text,
  email: text,
  phone: text,
});
export type TicketContact = z.output<typeof ticketContact>;

function orNone<Row>(rows: Row[] | null): Row[] {
  return rows ?? [];
}
