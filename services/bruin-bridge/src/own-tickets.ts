import type { HandlerReply, RequestContext } from "@trunkline/bus";
import { type BasicTicket, basicTicket, parseTicketDate } from "@trunkline/contracts";
import { isSuccess } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import { CLOCK_SKEW_MS } from "./recovery.ts";
import { rowsIn } from "./rows.ts";

/** Every status but Closed. */
const LIVING = ["New", "InProgress", "Draft", "Resolved"];

export interface OwnTicketsWanted {
  /** Display name of the automation's user. */
  readonly ownUser: string;
  readonly clientId: number | string;
  readonly topic: string;
  readonly serviceNumber: string;
  readonly firstAttemptAt: Date;
}

/** Bruin's list of an asset's living tickets, cut down to those that our own user has opened since a first attempt. */
export async function ownTicketsSince(
  bruin: BruinClient,
  wanted: OwnTicketsWanted,
  context: RequestContext,
): Promise<{ readonly tickets: BasicTicket[] } | { readonly failure: HandlerReply }> {
  const query = {
    ClientId: wanted.clientId,
    TicketTopic: wanted.topic,
    ServiceNumber: wanted.serviceNumber,
    TicketStatus: LIVING,
    PageSize: 100,
    PageNumber: 1,
  };
  const reply = await bruin.call({ method: "GET", path: "/api/Ticket/basic", query }, context);
  if (!isSuccess(reply.status)) return { failure: reply };
  const tickets = rowsIn(reply.body, "responses").flatMap((row) => basicTicket.safeParse(row).data ?? []);
  return { tickets: tickets.filter((ticket) => isOurs(ticket, wanted)) };
}

function isOurs(ticket: BasicTicket, { ownUser, firstAttemptAt }: OwnTicketsWanted): boolean {
  const createdAt = parseTicketDate(ticket.createDate);
  return (
    ticket.createdBy === ownUser &&
    createdAt !== undefined &&
    createdAt.getTime() >= firstAttemptAt.getTime() - CLOCK_SKEW_MS
  );
}
