import { contractsOf } from "@trunkline/contracts";
import { z } from "zod";

const { request, message } = contractsOf("desk-bridge", "desk_bridge");

const ticketBody = z.looseObject({ ticket_id: z.number(), note: z.string().nullish() });

/** A read: a ticket by its number. */
export const readTicket = request({
  subject: "desk.ticket.read",
  effect: "read",
  timeoutSeconds: 5,
  description: "A ticket by its number.",
  body: ticketBody,
  reply: z.looseObject({ ticket_id: z.number() }),
});

/** A write: a note on a ticket. */
export const appendNote = request({
  subject: "desk.ticket.note",
  effect: "write",
  timeoutSeconds: 5,
  description: "Adds a note to a ticket.",
  body: ticketBody,
  reply: z.unknown(),
});

/** A message without a stream. */
export const deviceSeen = message({
  subject: "desk.device.seen",
  effect: "read",
  description: "A device was seen.",
  body: z.looseObject({ serial: z.string() }),
  envelope: "bare",
});

/** A message that a stream keeps. */
export const letter = message({
  subject: "desk.letter.request",
  effect: "write",
  description: "A letter to somebody.",
  body: z.object({ text: z.string() }),
  stream: "DESK",
});
