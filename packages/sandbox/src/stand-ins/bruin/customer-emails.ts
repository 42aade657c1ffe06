import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { z } from "zod";
import { NotNow } from "../../errors.ts";
import { emailStatuses } from "../../world/email-center.ts";
import type { World } from "../../world/world.ts";
import { BruinError } from "./bruin-error.ts";
import { bodyOf, numberFrom, queryOf, ticketOf, wholeNumber } from "./request.ts";

const statusRequest = z.object({
  emailId: wholeNumber,
  status: z.enum(emailStatuses),
  resolution: z.string().nullish(),
  updatedBy: z.string().min(1),
});
const replyRequest = z.object({ content: z.string().min(1), emailId: wholeNumber });

/** What is done to e-mails that customers wrote: tags, links to tickets, statuses, answers. */
export function customerEmails(app: Hono<{ Bindings: HttpBindings }>, { emailCenter, desk }: World): void {
  app.post("/api/Email/:email/tag/:tag", (context) => {
    const emailId = numberFrom(context.req.param("email"), "emailId");
    const tagId = numberFrom(context.req.param("tag"), "tagId");
    try {
      emailCenter.tag(emailId, tagId);
    } catch (error) {
      if (error instanceof NotNow) throw new BruinError(error.message, { status: 409, type: "ValidationException" });
      throw error;
    }
    return context.body(null, 204);
  });
  app.post("/api/Email/:email/link/ticket/:ticket", (context) => {
    const ticket = ticketOf(context, desk);
    const { id } = emailCenter.email(numberFrom(context.req.param("email"), "emailId"));
    const isNew = emailCenter.link(id, ticket.id);
    const warnings = isNew ? [] : [`E-mail ${id} is linked to ticket ${ticket.id} already.`];
    const totalEmailAffected = isNew ? 1 : 0;
    return context.json({ success: true, emailId: id, ticketId: ticket.id, totalEmailAffected, warnings });
  });
  app.post("/api/Email/status", async (context) => {
    const { emailId, status, resolution = null, updatedBy } = await bodyOf(context, statusRequest);
    emailCenter.setStatus(emailId, { status, resolution, updatedBy });
    return context.json({ success: true, email_id: emailId });
  });
  app.post("/api/Notification/email/ReplyAll", async (context) => {
    const isHtml = queryOf(context).get("iscontenthtmlencoded")?.[0] === "True";
    const { emailId, content } = await bodyOf(context, replyRequest);
    return context.json({ emailId: emailCenter.reply(emailId, { body: content, isHtml }).id });
  });
}
