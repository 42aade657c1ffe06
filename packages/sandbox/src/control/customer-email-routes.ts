import type { Hono } from "hono";
import { z } from "zod";
import type { CustomerEmail } from "../world/email-center.ts";
import type { ControlParts } from "./control-parts.ts";
import { bodyOf } from "./request.ts";

const newEmail = z.strictObject({
  clientId: z.int(),
  from: z.email(),
  subject: z.string().default(""),
  body: z.string().default(""),
  to: z.array(z.email()).optional(),
  cc: z.array(z.email()).default([]),
  parentId: z.int().nullable().default(null),
});

/** E-mails that customers wrote to Bruin, and a way to have one written. */
export function customerEmailRoutes(api: Hono, { world: { emailCenter } }: ControlParts): void {
  api.get("/api/customer-emails", (context) => context.json(emailCenter.list().map(customerEmailView)));
  api.post("/api/customer-emails", async (context) => {
    const { to, ...email } = await bodyOf(context, newEmail);
    return context.json(customerEmailView(emailCenter.receive({ ...email, ...(to && { to }) })), 201);
  });
}

function customerEmailView({ customer, at, tags, ticketIds, ...email }: CustomerEmail) {
  return {
    ...email,
    clientId: customer.id,
    customer: customer.name,
    at: at.toISOString(),
    tags: [...tags],
    ticketIds: [...ticketIds],
  };
}
