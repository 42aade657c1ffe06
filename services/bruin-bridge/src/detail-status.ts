import { type Handler, ok, type RequestContext } from "@trunkline/bus";
import { type openTicketDetail, type resolveTicketDetail, ticketDetails } from "@trunkline/contracts";
import { isSuccess } from "./bruin-answer.ts";
import type { BruinCall, BruinClient } from "./bruin-client.ts";
import type { Recover } from "./recovery.ts";
import { ticketDetailsCall } from "./ticket-details.ts";

type Detail = { readonly ticket_id: number; readonly detail_id: number };

const RESOLVED = "R";
/** What Bruin answers to a change of status. */
const DONE = ok("Success");

/** Takes a resolved detail up again. */
export function openDetail(bruin: BruinClient): Handler<typeof openTicketDetail> {
  return (detail, context) => bruin.call(statusCall(detail, { Status: "O" }), context);
}

/** Resolves a detail, and the details of some of its links with it. */
export function resolveDetail(bruin: BruinClient): Handler<typeof resolveTicketDetail> {
  return (detail, context) => {
    const { interfaces } = detail;
    const change = { Status: "R", ...(interfaces?.length && { Interfaces: interfaces }) };
    return bruin.call(statusCall(detail, change), context);
  };
}

/** A second opening is not free: Bruin writes an `Unresolve Action` note for each. So it looks first. */
export function findOpened(bruin: BruinClient): Recover<typeof openTicketDetail> {
  return async (detail, context) => doneWhen(bruin, { detail, context }, (status) => status !== RESOLVED);
}

export function findResolved(bruin: BruinClient): Recover<typeof resolveTicketDetail> {
  return async (detail, context) => doneWhen(bruin, { detail, context }, (status) => status === RESOLVED);
}

async function doneWhen(
  bruin: BruinClient,
  { detail, context }: { detail: Detail; context: RequestContext },
  isDone: (status: string) => boolean,
) {
  const reply = await bruin.call(ticketDetailsCall(detail.ticket_id), context);
  if (!isSuccess(reply.status)) return reply;
  const line = ticketDetails.parse(reply.body).ticketDetails.find(({ detailID }) => detailID === detail.detail_id);
  return line?.detailStatus != null && isDone(line.detailStatus) ? DONE : undefined;
}

function statusCall({ ticket_id, detail_id }: Detail, change: object): BruinCall {
  return {
    method: "PUT",
    path: "/api/Ticket/{ticketId}/details/{detailId}/status",
    pathParams: { ticketId: ticket_id, detailId: detail_id },
    json: change,
  };
}
