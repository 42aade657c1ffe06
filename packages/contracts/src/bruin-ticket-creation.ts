import { z } from "zod";
import { anyId, NO_BODY, request, serviceNumber } from "./bruin-request.ts";
import { outageCreation } from "./bruin-rows.ts";
import { wireId } from "./wire.ts";

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

const ticketKeys = '"clientId", "category", "services", "contacts"';

export const createTicket = request({
  subject: "bruin.ticket.creation.request",
  effect: "write",
  timeoutSeconds: 150,
  description: "Opens a ticket for one or more lines of a client, whatever tickets they have already.",
  body: z.looseObject({
    clientId: anyId,
    category: z.string().min(1).describe("VAS: service affecting; VOO: service outage"),
    services: z.array(z.looseObject({ serviceNumber })).min(1),
    contacts: z.array(
      z.looseObject({
        email: z.string().nullish(),
        name: z.string().nullish(),
        phone: z.string().nullish(),
        type: z.string().nullish().describe("ticket or site"),
      }),
    ),
    notes: z
      .array(z.unknown())
      .nullish()
      .transform((notes) => notes ?? []),
  }),
  reply: z.looseObject({ ticketIds: z.array(wireId).min(1) }),
  complaints: {
    noBody: `You must specify {.."body":{${ticketKeys}}, in the request`,
    missingKey: `You must specify ${ticketKeys} in the body`,
  },
});
