import type { Hono } from "hono";
import { createTransport } from "nodemailer";
import { z } from "zod";
import { WorldError } from "../errors.ts";
import type { ControlParts } from "./control-parts.ts";
import { bodyOf, parsed } from "./request.ts";

const mailQuery = z.object({ account: z.string().optional() });

const newMail = z.union([
  z.strictObject({ account: z.string(), source: z.string().min(1) }),
  z.strictObject({
    account: z.string(),
    from: z.string().min(1),
    subject: z.string().default(""),
    text: z.string().default(""),
    html: z.string().optional(),
  }),
]);
type NewMail = z.output<typeof newMail>;

/** The mailboxes that the engine reads: who may be written to, what lies there, and a way to drop a mail into one. */
export function mailboxRoutes(api: Hono, { world: { mailboxes } }: ControlParts): void {
  api.get("/api/mailboxes", (context) => context.json(Object.keys(mailboxes.accounts)));
  api.get("/api/mails", (context) => context.json(mailboxes.list(parsed(mailQuery, context.req.query()).account)));
  api.post("/api/mails", async (context) => {
    const mail = await bodyOf(context, newMail);
    if (!mailboxes.has(mail.account)) throw new WorldError(404, `There is no mailbox ${mail.account}.`);
    return context.json(await mailboxes.deliver(mail.account, await sourceOf(mail)), 201);
  });
}

/** The mail as it is given, or as a mail program would write it. */
async function sourceOf(mail: NewMail): Promise<Buffer | string> {
  if ("source" in mail) return mail.source;
  const { account: to, ...rest } = mail;
  const composer = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  const { message } = await composer.sendMail({ ...rest, to, disableFileAccess: true, disableUrlAccess: true });
  return message as Buffer;
}
