import { setTimeout as pause } from "node:timers/promises";
import { type Handler, type HandlerReply, ok, type RequestContext } from "@trunkline/bus";
import type { getTicketsBasic } from "@trunkline/contracts";
import { isSuccess, UNREACHABLE } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import { type Query, queryOf } from "./query.ts";
import { rowsIn } from "./rows.ts";

const PAGE_SIZE = 100;
/** Before the second and the third attempt at a page. */
const PAUSES_MS = [200, 1000];

/** Every ticket that a filter matches: Bruin's pages joined, each ticket once. */
export function listTickets(bruin: BruinClient): Handler<typeof getTicketsBasic> {
  return async ({ ticket_statuses, page_size, ...filters }, context) => {
    const query = { ...queryOf(filters), TicketStatus: ticket_statuses, PageSize: page_size ?? PAGE_SIZE };
    const tickets = new Map<unknown, unknown>();
    for (let page = 1, received = 0; ; page++) {
      const reply = await getPage(bruin, { ...query, PageNumber: page }, context);
      if (!isSuccess(reply.status)) return reply;
      const { total, rows } = readPage(reply.body);
      const known = tickets.size;
      for (const row of rows) tickets.set(ticketIdOf(row), row);
      received += rows.length;
      if (received >= total) break;
      if (tickets.size === known) {
        context.logger.warn({ received, total, page }, "Bruin's pages ended before its total was reached");
        break;
      }
    }
    return ok([...tickets.values()]);
  };
}

async function getPage(bruin: BruinClient, query: Query, context: RequestContext): Promise<HandlerReply> {
  const call = { method: "GET", path: "/api/Ticket/basic", query, texts: { unreachable: UNREACHABLE.cause } } as const;
  for (const milliseconds of PAUSES_MS) {
    const reply = await bruin.call(call, context);
    if (!isWorthAnotherTry(reply.status)) return reply;
    await pause(milliseconds, undefined, { signal: context.signal });
  }
  return bruin.call(call, context);
}

/** A refusal of the filter stays one; a busy or broken Bruin may recover. */
function isWorthAnotherTry(status: number): boolean {
  return status === 429 || status >= 500;
}

/** The total is read from every page, because tickets come and go while the pages are turned. */
function readPage(body: unknown): { total: number; rows: unknown[] } {
  const { total } = (body ?? {}) as { total?: unknown };
  return { total: typeof total === "number" ? total : Number.POSITIVE_INFINITY, rows: rowsIn(body, "responses") };
}

/** Tickets that move to a later page while the pages are turned come twice. */
export function ticketIdOf(row: unknown): unknown {
  return (row as { ticketID?: unknown } | null)?.ticketID ?? row;
}
