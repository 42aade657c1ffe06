import { ok } from "@trunkline/bus";
import {
  type changeTicketWork,
  type ParsedBodyOf,
  parseWireDate,
  type TicketDetail,
  taskHistoryEvent,
  ticketDetails,
} from "@trunkline/contracts";
import { isSuccess } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import { CLOCK_SKEW_MS, type Recover } from "./recovery.ts";
import { rowsIn } from "./rows.ts";
import { taskHistoryCall } from "./task-history.ts";
import { ticketDetailsCall } from "./ticket-details.ts";

type Move = ParsedBodyOf<typeof changeTicketWork>;

/** What Bruin answers to a move. */
const DONE = ok({ message: "success" });

/**
 * Whether the first attempt has moved the detail: it lies in the queue now, or the ticket's history says that the
 * result was applied since, for results such as "No Trouble Found" lead to a queue of another name.
 */
export function findMove(bruin: BruinClient): Recover<typeof changeTicketWork> {
  return async (move, context) => {
    const details = await bruin.call(ticketDetailsCall(move.ticket_id), context);
    if (!isSuccess(details.status)) return details;
    const detail = ticketDetails.parse(details.body).ticketDetails.find((each) => isTheDetail(each, move));
    if (detail?.currentTaskName?.trim() === move.queue_name) return DONE;
    const history = await bruin.call(taskHistoryCall(move.ticket_id), context);
    if (!isSuccess(history.status)) return history;
    const since = context.firstAttemptAt.getTime() - CLOCK_SKEW_MS;
    return rowsIn(history.body, "result").some((row) => isTheMove(row, move, since)) ? DONE : undefined;
  };
}

function isTheDetail({ detailID, detailValue }: TicketDetail, { detail_id, service_number }: Move): boolean {
  return detail_id ? detailID === detail_id : detailValue === service_number;
}

function isTheMove(row: unknown, { detail_id, service_number, queue_name }: Move, since: number): boolean {
  const { data: event } = taskHistoryEvent.safeParse(row);
  if (event === undefined) return false;
  const at = parseWireDate(event.EnteredDate_N ?? "")?.getTime();
  const isOfDetail = detail_id ? Number(event.DetailID) === detail_id : event.Asset === service_number;
  return isOfDetail && event["Task Result"]?.trim() === queue_name && at !== undefined && at >= since;
}
