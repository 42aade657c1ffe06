import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { z } from "zod";
import type { World } from "../../world/world.ts";
import { bodyOf, ticketOf } from "./request.ts";

const severityRequest = z.object({ Severity: z.int().min(1).max(4), Reason: z.string().min(1) });
const subscribeRequest = z.object({ subscriptionType: z.string().min(1), user: z.looseObject({ email: z.email() }) });
const closeRequest = z.object({ CloseNote: z.string().min(1) });

/** What concerns a ticket as a whole. */
export function ticketChanges(app: Hono<{ Bindings: HttpBindings }>, { desk }: World): void {
  app.put("/api/Ticket/:ticket/severity", async (context) => {
    const ticket = ticketOf(context, desk);
    const { Severity, Reason } = await bodyOf(context, severityRequest);
    desk.setSeverity(ticket, Severity, Reason);
    return context.json({ TicketId: ticket.id, Result: true });
  });
  app.post("/api/Ticket/:ticket/subscribeUser", async (context) => {
    const ticket = ticketOf(context, desk);
    const { subscriptionType, user } = await bodyOf(context, subscribeRequest);
    desk.subscribe(ticket, { email: user.email, type: subscriptionType });
    return context.json("OK");
  });
  app.put("/api/Ticket/:ticket/close", async (context) => {
    const ticket = ticketOf(context, desk);
    const { CloseNote } = await bodyOf(context, closeRequest);
    desk.close(ticket, CloseNote);
    return context.json("closed");
  });
}
