import { type Handler, type HandlerReply, ok } from "@trunkline/bus";
import type { getTickets, ParsedBodyOf } from "@trunkline/contracts";
import { ticketIdOf } from "./basic-tickets.ts";
import { isSuccess } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import { type Query, queryOf } from "./query.ts";
import { rowsIn } from "./rows.ts";

type Filters = ParsedBodyOf<typeof getTickets>;

/** Not let in, or too many at once: says nothing about the tickets. */
const NO_ANSWER_YET: ReadonlySet<number> = new Set([401, 429]);

/** A client's tickets in several statuses. Bruin takes one status at a time here, so it is asked for each at once. */
export function listTicketsByStatus(bruin: BruinClient): Handler<typeof getTickets> {
  return async (filters, context) => {
    const query = filtersOf(filters);
    const statuses = [...new Set(filters.ticket_status)];
    const replies = await Promise.all(
      statuses.map((status) =>
        bruin.call({ method: "GET", path: "/api/Ticket", query: { ...query, TicketStatus: status } }, context),
      ),
    );
    return joined(replies);
  };
}

/**
 * One reply of several: each ticket once, the last mention counts. Half a list must not pass for a whole one, so a
 * call that broke, or was not let in, fails them all. A status that Bruin refuses or knows no tickets of leaves the
 * others alone, unless it is so with every one of them.
 */
export function joined(replies: readonly HandlerReply[]): HandlerReply {
  const failures = replies.filter(({ status }) => !isSuccess(status));
  const broken = failures.find(({ status }) => status >= 500 || NO_ANSWER_YET.has(status));
  if (broken !== undefined) return broken;
  const [refused] = failures;
  if (refused !== undefined && failures.length === replies.length) return refused;
  const tickets = new Map<unknown, unknown>();
  for (const { status, body } of replies) {
    if (!isSuccess(status)) continue;
    for (const row of rowsIn(body, "responses")) tickets.set(ticketIdOf(row), row);
  }
  return ok([...tickets.values()]);
}

function filtersOf({ client_id, ticket_topic, category, ticket_id, service_number, ...dates }: Filters): Query {
  const { start_date, end_date } = dates;
  return queryOf({
    client_id,
    ticket_topic,
    product_category: category || null,
    ticket_id: ticket_id || null,
    service_number: service_number || null,
    // Bruin wants an interval or none.
    ...(start_date && end_date && { start_date, end_date }),
  });
}
