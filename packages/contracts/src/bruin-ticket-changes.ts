import { z } from "zod";
import { anything, MODEL, NO_BODY, NO_BODY_IN_MESSAGE, request, serviceNumber, ticketId } from "./bruin-request.ts";
import { writtenNote } from "./bruin-rows.ts";
import { wireId } from "./wire.ts";

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

const noteText =
  'You must include "text" and any of "service_number" and "detail_id" for every note in the "notes" field';

export const appendTicketNotes = request({
  subject: "bruin.ticket.multiple.notes.append.request",
  effect: "write",
  timeoutSeconds: 75,
  description: "Adds several notes to a ticket at once, each for one of its lines.",
  body: z.looseObject({
    ticket_id: ticketId,
    notes: z.array(
      z
        .looseObject({
          text: z.string(),
          service_number: z.string().nullish(),
          detail_id: wireId.nullish(),
          is_private: z.boolean().nullish().describe("Not shown to the customer"),
        })
        .refine((note) => note.service_number != null || note.detail_id != null, {
          message: noteText,
          path: ["service_number"],
        }),
    ),
  }),
  reply: z.array(writtenNote),
  complaints: {
    noBody: NO_BODY,
    missingKey: 'You must include "ticket_id" and "notes" in the body of the request',
    missingKeys: { text: noteText, service_number: noteText },
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

export const closeTicket = request({
  subject: "bruin.ticket.close",
  effect: "write",
  timeoutSeconds: 75,
  description: "Closes a ticket with all its details, and says why.",
  body: z.looseObject({ ticket_id: ticketId, close_note: z.string().min(1) }),
  reply: anything,
  complaints: { noBody: NO_BODY, missingKey: "You must include ticket_id and close_note in the request" },
});

export const subscribeUser = request({
  subject: "bruin.subscribe.user",
  effect: "write",
  timeoutSeconds: 90,
  description: "Has Bruin tell somebody about a ticket's changes.",
  body: z.looseObject({
    ticket_id: wireId,
    user_email: z.string(),
    subscription_type: z.string().describe("NotesAndMilestones, ..."),
  }),
  reply: anything,
  complaints: { model: MODEL },
});
