import { z } from "zod";
import {
  detailId,
  filter,
  NO_BODY,
  NO_BODY_IN_MESSAGE,
  queryValue,
  request,
  serviceNumber,
  ticketId,
} from "./bruin-request.ts";
import { basicTicket, detailIds, longTicket, nextResults, taskHistoryEvent, ticketDetails } from "./bruin-rows.ts";
import { wireId } from "./wire.ts";

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

export const getTickets = request({
  subject: "bruin.ticket.request",
  effect: "read",
  timeoutSeconds: 150,
  description: "A client's tickets in the given statuses, in their long form; none where no status is given.",
  body: z.looseObject({
    client_id: queryValue,
    ticket_topic: z.string().min(1).describe("VOO or VAS"),
    ticket_status: z.array(z.string().min(1)).describe("New, InProgress, Draft, Resolved, Closed"),
    category: z.string().nullish().describe("Product category, such as SD-WAN"),
    ticket_id: queryValue.nullish(),
    service_number: z.string().nullish(),
    start_date: z.string().nullish().describe("YYYY-MM-DDTHH:MM:SSZ; of use together with end_date alone"),
    end_date: z.string().nullish().describe("YYYY-MM-DDTHH:MM:SSZ"),
  }),
  reply: z.array(longTicket),
  complaints: {
    noBody: NO_BODY,
    missingKey:
      'You must specify {..."body:{"client_id", "ticket_topic", "ticket_status":[list of statuses]}...} in the request',
  },
});

export const getTicketOverview = request({
  subject: "bruin.ticket.overview.request",
  effect: "read",
  timeoutSeconds: 90,
  description:
    "One ticket in its long form; an empty list when there is none of that number, 404 for what is no ticket's number.",
  body: z.looseObject({
    ticket_id: z.union([z.number(), z.string()]).nullable().describe("A ticket's number, or its digits"),
  }),
  reply: z.union([z.tuple([]), longTicket]),
  complaints: { noBody: NO_BODY, missingKey: 'Must include "ticket_id" in body' },
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

export const getDetailIds = request({
  subject: "bruin.ticket.detailIds.request",
  effect: "read",
  timeoutSeconds: 150,
  description: "The details of some interfaces of a detail's edge.",
  body: z.looseObject({ ticket_id: ticketId, detail_id: detailId, interfaces: z.array(z.string().min(1)) }),
  reply: detailIds,
  complaints: { noBody: NO_BODY, missingKey: "You must include ticket_id, detail_id and interfaces in the request" },
});

const nextResultsText = 'You must specify {.."body": {"ticket_id", "detail_id", "service_number"}...} in the request';

export const getNextResults = request({
  subject: "bruin.ticket.detail.get.next.results",
  effect: "read",
  timeoutSeconds: 75,
  description: "The work queue that a detail lies in, and the results that may move it on.",
  body: z.looseObject({ ticket_id: ticketId, detail_id: detailId, service_number: serviceNumber }),
  reply: nextResults,
  complaints: { noBody: nextResultsText, missingKey: nextResultsText },
});

const historyText = 'You must specify {.."body":{"ticket_id"}...} in the request';

export const getTaskHistory = request({
  subject: "bruin.ticket.get.task.history",
  effect: "read",
  timeoutSeconds: 120,
  description: "Everything that happened to a ticket's tasks, as rows whose keys are column titles.",
  body: z.looseObject({ ticket_id: ticketId }),
  reply: z.array(taskHistoryEvent),
  complaints: { noBody: historyText, missingKey: 'You must specify "ticket_id" in the body' },
});
