import { type Handler, ok, refuse } from "@trunkline/bus";
import type { createTicket, ParsedBodyOf } from "@trunkline/contracts";
import { isSuccess } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import { ownTicketsSince } from "./own-tickets.ts";
import type { Recover } from "./recovery.ts";
import { rowsIn } from "./rows.ts";

type Ticket = ParsedBodyOf<typeof createTicket>;

/** Opens a ticket. Bruin gets what the requester sent, in whose spelling it is already. */
export function openTicket(bruin: BruinClient): Handler<typeof createTicket> {
  return async (ticket, context) => {
    // The slash at the end is Bruin's.
    const reply = await bruin.call({ method: "POST", path: "/api/Ticket/", json: payloadOf(ticket) }, context);
    if (!isSuccess(reply.status)) return reply;
    const ticketIds = rowsIn(reply.body, "ticketIds");
    if (ticketIds.length === 0) return refuse(500, "Bruin answered the creation of a ticket without its number");
    return { status: reply.status, body: { ticketIds } };
  };
}

/** Bruin opens as many tickets as it is asked to; those of our own user since the first attempt are its doing. */
export function findOpenedTickets(bruin: BruinClient, ownUser: string): Recover<typeof createTicket> {
  return async (ticket, context) => {
    const { firstAttemptAt } = context;
    const found = new Set<number>();
    for (const { serviceNumber } of ticket.services) {
      const wanted = { ownUser, clientId: ticket.clientId, topic: ticket.category, serviceNumber, firstAttemptAt };
      const listed = await ownTicketsSince(bruin, wanted, context);
      if ("failure" in listed) return listed.failure;
      for (const { ticketID } of listed.tickets) found.add(ticketID);
    }
    return found.size === 0 ? undefined : ok({ ticketIds: [...found].sort((one, other) => one - other) });
  };
}

function payloadOf({ clientId, category, services, contacts, notes }: Ticket) {
  return { clientId, category, services, contacts, notes };
}
