import { z } from "zod";
import { anyId, filter, queryValue, request, serviceNumber } from "./bruin-request.ts";
import { customerInfo, phoneLine, site, ticketContact } from "./bruin-rows.ts";

const clientInBody = 'You must specify {.."body":{"client_id":...}} in the request';

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

export const getCustomerByPhoneNumber = request({
  subject: "bruin.customer.get.info_by_did",
  effect: "read",
  timeoutSeconds: 75,
  description: "The client that a phone number is dialled into.",
  body: z.looseObject({ did: anyId.describe("Direct inward dialling: the number that callers dial") }),
  reply: phoneLine,
  complaints: {
    noBody: 'You must specify {.."body":{"did":...}} in the request',
    missingKey: 'You must specify "did" in the body',
  },
});

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
