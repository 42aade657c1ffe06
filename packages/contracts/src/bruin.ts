import { z } from "zod";
import {
  basicTicket,
  customerInfo,
  inventoryAttributes,
  outageCreation,
  site,
  ticketContact,
  ticketDetails,
} from "./bruin-rows.ts";
import { contractsOf } from "./contract.ts";
import { wireId } from "./wire.ts";

const { request } = contractsOf("bruin-bridge", "bruin_bridge");

const NO_BODY = 'Must include "body" in request';
const NO_BODY_IN_MESSAGE = 'Must include "body" in the request message';

const ticketId = wireId.refine((number) => number > 0, "expected a ticket's number");
const detailId = wireId.refine((number) => number > 0, "expected a detail's number");
const serviceNumber = z.string().min(1).describe("An edge's serial or a line's WTN");
/** What a query's value may be; Bruin reads all of them as text. */
const queryValue = z.union([z.string(), z.number()]);
/** A filter beyond the known ones, handed to Bruin in its own spelling; lists become repeated keys. */
const filterValue = z.union([z.string(), z.number(), z.boolean()]);
const filter = z.union([filterValue, z.array(filterValue)]).nullish();
/** Requesters send numbers or texts, and Bruin gets what they sent. */
const anyId = z.union([z.int(), z.string().min(1)]);
/** Bruin answers simple writes with any JSON, often the text "Success". */
const anything = z.unknown();

export const getTicketsBasic = request({
  subject: "bruin.ticket.basic.request",
  effect: "read",
  timeoutSeconds: 150,
  description: "Tickets in the given statuses; other keys narrow the list. All pages in one answer.",
  body: z
    .object({
      ticket_statuses: z.array(z.string().min(1)).min(1).describe("New, InProgress, Draft, Resolved, Closed"),
      client_id: queryValue.nullish(),
      ticket_topic: z.string().nullish().describe("VOO or VAS"),
      product_category: z.string().nullish(),
      service_number: z.string().nullish(),
      site_id: queryValue.nullish(),
      start_date: z.string().nullish().describe("YYYY-MM-DDTHH:MM:SSZ"),
      end_date: z.string().nullish().describe("YYYY-MM-DDTHH:MM:SSZ"),
      page_size: wireId.nullish().describe("Tickets per call to Bruin; 100 when absent"),
    })
    .catchall(filter),
  reply: z.array(basicTicket),
  complaints: {
    noBody: NO_BODY_IN_MESSAGE,
    missingKey: 'Must specify "ticket_statuses" in the body of the request',
  },
});

export const getSingleTicketBasic = request({
  subject: "bruin.single_ticket.basic.request",
  effect: "read",
  timeoutSeconds: 90,
  description: "One ticket; 404 with an empty object when there is none of that number.",
  body: z.looseObject({ ticket_id: ticketId }),
  reply: basicTicket,
  complaints: { noBody: NO_BODY_IN_MESSAGE, missingKey: 'Must specify "ticket_id" in the body of the request' },
});

export const getTicketDetails = request({
  subject: "bruin.ticket.details.request",
  effect: "read",
  timeoutSeconds: 75,
  description: "A ticket's details (tasks) and notes.",
  body: z.looseObject({ ticket_id: ticketId }),
  reply: ticketDetails,
  complaints: { noBody: NO_BODY, missingKey: "You must include ticket_id in the request" },
});

export const appendTicketNote = request({
  subject: "bruin.ticket.note.append.request",
  effect: "write",
  timeoutSeconds: 75,
  description: "Adds a note to a ticket, for some of its service numbers or for all.",
  body: z.looseObject({
    ticket_id: ticketId,
    note: z.string().min(1),
    service_numbers: z.array(serviceNumber).nullish().describe("Every line of the ticket when absent or empty"),
  }),
  reply: anything,
  complaints: {
    noBody: NO_BODY,
    missingKey: 'You must include "ticket_id" and "note" in the "body" field of the response request',
  },
});

export const createOutageTicket = request({
  subject: "bruin.ticket.creation.outage.request",
  effect: "write",
  timeoutSeconds: 90,
  description:
    "Opens a service outage ticket, or finds the one that covers the asset: status 409, 471, 472 or 473, or in each item's errorCode of a full response.",
  body: z.looseObject({
    client_id: anyId.describe("Reaches Bruin in the type that was sent"),
    service_number: z.union([serviceNumber, z.array(serviceNumber).min(1)]),
    ticket_contact: z.looseObject({ email: z.string() }).nullish(),
    interfaces: z.array(z.string()).nullish().describe("Links that are down, of the first service number"),
    get_full_response: z
      .boolean()
      .nullish()
      .describe("Answer with Bruin's whole object instead of the ticket's number"),
  }),
  reply: z.union([wireId, outageCreation]),
  complaints: {
    noBody: NO_BODY,
    missingKey: 'Must specify "client_id" and "service_number" to post an outage ticket',
    nullKey: '"client_id" and "service_number" must have non-null values',
  },
});

const detailKeys = "You must include ticket_id and detail_id in the request";

export const openTicketDetail = request({
  subject: "bruin.ticket.status.open",
  effect: "write",
  timeoutSeconds: 75,
  description: "Takes a resolved detail up again; Bruin notes it and re-opens the ticket with it.",
  body: z.looseObject({ ticket_id: ticketId, detail_id: detailId }),
  reply: anything,
  complaints: { noBody: NO_BODY, missingKey: detailKeys },
});

export const resolveTicketDetail = request({
  subject: "bruin.ticket.status.resolve",
  effect: "write",
  timeoutSeconds: 75,
  description: "Resolves a detail, or only some of its links; the last one resolves the ticket.",
  body: z.looseObject({
    ticket_id: ticketId,
    detail_id: detailId,
    interfaces: z.array(z.string()).nullish().describe("Links to resolve with it"),
  }),
  reply: anything,
  complaints: { noBody: NO_BODY, missingKey: detailKeys },
});

export const unpauseTicketDetail = request({
  subject: "bruin.ticket.unpause",
  effect: "write",
  timeoutSeconds: 90,
  description: "Ends the pause of a detail, named by its number, its service number or both.",
  body: z
    .looseObject({ ticket_id: ticketId, service_number: z.string().nullish(), detail_id: wireId.nullish() })
    .refine((body) => Boolean(body.service_number) || Boolean(body.detail_id), {
      message: "You must include ticket_id and service_number or detail_id in the request",
      path: ["service_number"],
    }),
  reply: anything,
  complaints: {
    noBody: NO_BODY,
    missingKey: "You must include ticket_id and service_number or detail_id in the request",
  },
});

export const changeTicketSeverity = request({
  subject: "bruin.change.ticket.severity",
  effect: "write",
  timeoutSeconds: 105,
  description: "Sets a ticket's severity (2: service down, 3: degraded) and says why.",
  body: z.looseObject({ ticket_id: ticketId, severity: wireId, reason: z.string() }),
  reply: anything,
  complaints: {
    noBody: NO_BODY_IN_MESSAGE,
    missingKey: 'You must specify "ticket_id", "severity" and "reason" in the body',
  },
});

export const getCustomerInfo = request({
  subject: "bruin.customer.get.info",
  effect: "read",
  timeoutSeconds: 90,
  description: "Clients and sites whose active inventory has one of the service numbers; an empty list when none has.",
  body: z
    .object({
      service_number: z.union([serviceNumber, z.array(serviceNumber)]),
      client_id: queryValue.nullish(),
      status: z.string().nullish().describe("A: active, D: decommissioned, S: suspended"),
    })
    .catchall(filter),
  reply: z.array(customerInfo),
  complaints: {
    noBody: 'You must specify {.."body":{"service_number":...}} in the request',
    missingKey: 'You must specify "service_number" in the body',
  },
});

export const getInventoryAttributes = request({
  subject: "bruin.inventory.attributes",
  effect: "read",
  timeoutSeconds: 90,
  description: "The attributes of one asset.",
  body: z
    .object({
      client_id: queryValue,
      status: z.string().min(1).describe("A: active, D: decommissioned, S: suspended"),
      service_number: serviceNumber,
    })
    .catchall(filter),
  reply: inventoryAttributes,
  complaints: {
    noBody: 'You must specify {.."body":{"client_id", "status", "service_number"}...} in the request',
    missingKey: 'You must specify "client_id", "status", "service_number" in the filter',
  },
});

const clientInBody = 'You must specify {.."body":{"client_id":...}} in the request';

export const getSite = request({
  subject: "bruin.get.site",
  effect: "read",
  timeoutSeconds: 120,
  description: "A client's site; 404 when there is none of that number.",
  body: z.object({ client_id: queryValue, site_id: queryValue }).catchall(filter),
  reply: site,
  complaints: {
    noBody: clientInBody,
    missingKey: 'You must specify "client_id" in the body',
    missingKeys: { site_id: 'You must specify "site_id" in the body' },
  },
});

export const getTicketContacts = request({
  subject: "bruin.get.ticket.contacts",
  effect: "read",
  timeoutSeconds: 120,
  description: "People of a client who may be told about its tickets, the main one first; 404 when there are none.",
  body: z.object({ client_id: queryValue }).catchall(filter),
  reply: z.array(ticketContact),
  complaints: { noBody: clientInBody, missingKey: 'You must specify "client_id" in the body' },
});

export const sendMilestoneEmail = request({
  subject: "bruin.notification.email.milestone",
  effect: "write",
  timeoutSeconds: 150,
  description: "Has Bruin mail one of its texts about a ticket's line to the ticket's contacts.",
  body: z.looseObject({
    ticket_id: ticketId,
    notification_type: z.string().min(1).describe("TicketBYOBOutageRepairReminder-E-Mail, ..."),
    service_number: serviceNumber,
  }),
  reply: anything,
  complaints: {
    noBody: 'Must include {.."body":{"ticket_id", "notification_type", "service_number"}, in request',
    missingKey:
      'You must include "ticket_id", "notification_type" and "service_number" in the "body" field of the response request',
  },
});
