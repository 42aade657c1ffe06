import type { Context, Hono } from "hono";
import { z } from "zod";
import type { Ticket } from "../world/ticket.ts";
import { ticketSummary, ticketView } from "../world/views.ts";
import type { ControlParts } from "./control-parts.ts";
import { bodyOf, numberParam } from "./request.ts";

const noteRequest = z.object({
  text: z.string().min(1),
  serviceNumbers: z.array(z.string()).default([]),
  author: z.string().min(1).default("Support agent"),
});
const closeRequest = z.object({ note: z.string().min(1).default("Closed by a support agent") });
const assignRequest = z.object({ name: z.string().min(1).nullable() });
const pauseRequest = z.object({ paused: z.boolean().default(true) });

/** Tickets as support agents see them, and what agents do to them. */
export function ticketRoutes(api: Hono, { world: { desk } }: ControlParts): void {
  const ticketOf = (context: Context) => desk.ticket(numberParam(context, "ticket"));
  const detailOf = (context: Context, ticket: Ticket) =>
    desk.detail(ticket, { detailId: numberParam(context, "detail") });

  api.get("/api/tickets", (context) => context.json(desk.tickets().map(ticketSummary)));
  api.get("/api/tickets/:ticket", (context) => context.json(ticketView(ticketOf(context))));
  api.post("/api/tickets/:ticket/notes", async (context) => {
    const ticket = ticketOf(context);
    desk.addNote(ticket, { ...(await bodyOf(context, noteRequest)), type: "ADN" });
    return context.json(ticketView(ticket));
  });
  api.post("/api/tickets/:ticket/close", async (context) => {
    const ticket = ticketOf(context);
    desk.close(ticket, (await bodyOf(context, closeRequest)).note);
    return context.json(ticketView(ticket));
  });
  for (const [verb, locked] of [
    ["lock", true],
    ["unlock", false],
  ] as const) {
    api.post(`/api/tickets/:ticket/${verb}`, (context) => {
      const ticket = ticketOf(context);
      desk.setLocked(ticket, locked);
      return context.json(ticketView(ticket));
    });
  }
  api.post("/api/tickets/:ticket/details/:detail/pause", async (context) => {
    const ticket = ticketOf(context);
    desk.setPaused(detailOf(context, ticket), (await bodyOf(context, pauseRequest)).paused);
    return context.json(ticketView(ticket));
  });
  api.post("/api/tickets/:ticket/details/:detail/assign", async (context) => {
    const ticket = ticketOf(context);
    desk.assign(detailOf(context, ticket), (await bodyOf(context, assignRequest)).name);
    return context.json(ticketView(ticket));
  });
}
