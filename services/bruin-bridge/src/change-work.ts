import { type Handler, type HandlerReply, type RequestContext, refuse } from "@trunkline/bus";
import { type changeTicketWork, nextResults, type ParsedBodyOf, pythonRepr } from "@trunkline/contracts";
import { isSuccess } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import { nextResultsCall } from "./next-results.ts";
import type { Query } from "./query.ts";

type Move = ParsedBodyOf<typeof changeTicketWork>;

/**
 * Moves a detail into another work queue. Bruin moves it by a result that is applied to the detail's present task;
 * which result leads to the queue is looked up, unless the requester knows.
 */
export function changeWork(bruin: BruinClient): Handler<typeof changeTicketWork> {
  return async (move, context) => {
    const result = await resultFor(bruin, move, context);
    if ("refusal" in result) return result.refusal;
    const { ticket_id, detail_id, service_number } = move;
    const detail = {
      ...(detail_id && { detailId: detail_id }),
      ...(service_number && { serviceNumber: service_number }),
    };
    return bruin.call(
      {
        method: "PUT",
        path: "/api/Ticket/{ticketId}/details/work",
        pathParams: { ticketId: ticket_id },
        json: { details: [detail], notes: [], resultTypeId: result.id },
      },
      context,
    );
  };
}

type Result = { readonly id: number | string } | { readonly refusal: HandlerReply };

async function resultFor(bruin: BruinClient, move: Move, context: RequestContext): Promise<Result> {
  if (move.work_queue_id != null) return { id: move.work_queue_id };
  const filters = filtersOf(move);
  const reply = await bruin.call(nextResultsCall(move.ticket_id, filters), context);
  if (isSuccess(reply.status)) return chooseResult(reply.body, move, filters);
  const about = `ticket ${move.ticket_id} and filters ${pythonRepr(filters)}`;
  const body = `Error while claiming possible work queues for ${about}: ${textOf(reply.body)}`;
  return { refusal: { status: reply.status, body } };
}

/** The first result whose name is the queue's; Bruin pads names with blanks. */
function chooseResult(answer: unknown, { ticket_id, queue_name }: Move, filters: Query): Result {
  const { data } = nextResults.safeParse(answer);
  const about = `ticket ${ticket_id} and filters ${pythonRepr(filters)}`;
  if (data?.currentTaskName?.trim() === queue_name) {
    return { refusal: refuse(400, `Ticket ${ticket_id} is already in the queue ${queue_name}`) };
  }
  const results = data?.nextResults ?? [];
  if (results.length === 0) return { refusal: refuse(404, `No work queues were found for ${about}`) };
  const result = results.find(({ resultName }) => resultName?.trim() === queue_name);
  if (result !== undefined) return { id: result.resultTypeId };
  const text = `No work queue with name ${queue_name} was found using ticket ID ${ticket_id} and filters ${pythonRepr(filters)}`;
  return { refusal: refuse(404, text) };
}

function filtersOf({ detail_id, service_number }: Move): Query {
  return { ...(detail_id && { DetailId: detail_id }), ...(service_number && { ServiceNumber: service_number }) };
}

function textOf(body: unknown): string {
  return typeof body === "string" ? body : pythonRepr(body);
}
