import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { productCategoryOf } from "../../world/inventory.ts";
import type { Ticket } from "../../world/ticket.ts";
import type { World } from "../../world/world.ts";
import { BruinError } from "./bruin-error.ts";
import { numberFrom, queryOf } from "./request.ts";
import { basicTicket, historyEvent, longTicket, ticketDetail, ticketNote } from "./ticket-shapes.ts";

/** Everything that reads tickets. */
export function ticketQueries(app: Hono<{ Bindings: HttpBindings }>, { desk }: World): void {
  app.get("/api/Ticket/basic", (context) => {
    const query = queryOf(context);
    const found = select(desk.tickets(), query);
    const size = numberFrom(query.get("pagesize")?.[0] ?? "100", "PageSize");
    const page = numberFrom(query.get("pagenumber")?.[0] ?? "1", "PageNumber");
    if (size === 0 || page === 0) throw new BruinError("PageSize and PageNumber start at 1.");
    const start = (page - 1) * size;
    const responses = found.slice(start, start + size).map(basicTicket);
    return context.json({ total: found.length, start, currentPageSize: responses.length, responses });
  });
  app.get("/api/Ticket", (context) => {
    return context.json({ responses: select(desk.tickets(), queryOf(context)).map(longTicket) });
  });
  app.get("/api/Ticket/AITicketData", (context) => {
    const ticket = desk.ticket(numberFrom(queryOf(context).get("ticketid")?.[0], "ticketId"));
    return context.json({ result: ticket.history.map((entry) => historyEvent(ticket, entry)) });
  });
  app.get("/api/Ticket/:ticket/details", (context) => {
    const ticket = desk.ticket(numberFrom(context.req.param("ticket"), "ticketId"));
    return context.json({
      ticketDetails: ticket.details.map(ticketDetail),
      ticketNotes: ticket.notes.map(ticketNote),
    });
  });
  app.get("/api/Ticket/:ticket/details/:detail/detailids", (context) => {
    // Only the second version of the API has it.
    if (context.req.header("api-version") !== "2.0") throw new BruinError("No such resource.", { status: 404 });
    const ticket = desk.ticket(numberFrom(context.req.param("ticket"), "ticketId"));
    const { asset } = desk.detail(ticket, { detailId: numberFrom(context.req.param("detail"), "detailId") });
    const interfaces = (queryOf(context).get("interfaces")?.[0] ?? "").split(",");
    const lines = ticket.details.filter(
      (each) => each.asset.edge === asset.edge && interfaces.includes(each.asset.link?.interface ?? ""),
    );
    return context.json(lines.map(({ id }) => id));
  });
}

type Query = ReturnType<typeof queryOf>;

/** Each filter of a query, by its lower-case name. Names that are not here narrow nothing, as with Bruin. */
const filters: Readonly<Record<string, (ticket: Ticket, values: readonly string[]) => boolean>> = {
  clientid: (ticket, values) => values.includes(String(ticket.customer.id)),
  siteid: (ticket, values) => values.includes(String(ticket.site.id)),
  ticketid: (ticket, values) => values.includes(String(ticket.id)),
  tickettopic: (ticket, values) => values.includes(ticket.topic),
  ticketstatus: (ticket, values) => values.map(plainStatus).includes(plainStatus(ticket.status)),
  productcategory: (ticket, values) => ticket.details.some(({ asset }) => values.includes(productCategoryOf(asset))),
  servicenumber: (ticket, values) => ticket.details.some(({ asset }) => values.includes(asset.serviceNumber)),
  startdate: (ticket, [start]) => ticket.createdAt >= dateFrom(start, "StartDate"),
  enddate: (ticket, [end]) => ticket.createdAt <= dateFrom(end, "EndDate"),
};

function select(tickets: readonly Ticket[], query: Query): Ticket[] {
  const active = [...query].flatMap(([name, values]) => {
    const filter = filters[name];
    return filter === undefined ? [] : [(ticket: Ticket) => filter(ticket, values)];
  });
  return tickets.filter((ticket) => active.every((accepts) => accepts(ticket)));
}

/** Asked for as `InProgress`, answered as `In-Progress`. */
function plainStatus(status: string): string {
  return status.replace("-", "").toLowerCase();
}

function dateFrom(text: string | undefined, name: string): Date {
  const date = new Date(text ?? "");
  if (Number.isNaN(date.getTime())) throw new BruinError(`The value '${text ?? ""}' is not valid for ${name}.`);
  return date;
}
