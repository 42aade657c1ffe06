import { z } from "zod";
import { anyId, anything, detailId, NO_BODY, request, ticketId } from "./bruin-request.ts";
import { wireId } from "./wire.ts";

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

export const changeTicketWork = request({
  subject: "bruin.ticket.change.work",
  effect: "write",
  timeoutSeconds: 150,
  description:
    "Moves a detail into another work queue; 400 when it lies there already, 404 when no result of its present queue leads there.",
  body: z
    .looseObject({
      ticket_id: ticketId,
      queue_name: z.string().min(1).describe("HNOC Investigate, ASR Investigate, IPA Investigate, ..."),
      service_number: z.string().nullish(),
      detail_id: wireId.nullish(),
      work_queue_id: anyId
        .nullish()
        .describe("The result that leads to the queue, where it is known: saves looking it up"),
    })
    .refine((body) => Boolean(body.service_number) || Boolean(body.detail_id), {
      message: 'expected "service_number" or "detail_id"',
      path: ["service_number"],
    }),
  reply: anything,
  complaints: {
    noBody: 'You must specify {.."body": {"service_number", "ticket_id", "detail_id", "queue_name"}..} in the request',
    missingKey:
      'You must specify {.."body": {"service_number" or "detail_id", "ticket_id", "queue_name"}..} in the request',
  },
});
