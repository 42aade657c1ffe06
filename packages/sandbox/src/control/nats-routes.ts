import { randomUUID } from "node:crypto";
import type { Hono } from "hono";
import { z } from "zod";
import { WorldError } from "../errors.ts";
import type { ControlParts } from "./control-parts.ts";
import type { NatsView } from "./nats-view.ts";
import { bodyOf } from "./request.ts";

const text = z.string().min(1);

const notification = z.discriminatedUnion("channel", [
  z.object({ channel: z.literal("slack"), text }),
  z.object({ channel: z.literal("email"), to: text, subject: z.string().default("A message from the sandbox"), text }),
  z.object({ channel: z.literal("sms"), to: text, text }),
]);
type Notification = z.output<typeof notification>;

/** The engine behind the third parties: its services, its traffic, and a way to have it tell people something. */
export function natsRoutes(api: Hono, { nats }: ControlParts): void {
  api.get("/api/services", async (context) => context.json(await known(nats).services()));
  api.get("/api/nats", (context) => context.json(known(nats).traffic()));
  api.post("/api/notify", async (context) => {
    const requested = await bodyOf(context, notification);
    const requestId = randomUUID();
    const { subject, body } = published(requested);
    known(nats).publish(subject, { request_id: requestId, body });
    return context.json({ subject, requestId }, 202);
  });
}

function known(nats: NatsView | undefined): NatsView {
  if (nats !== undefined) return nats;
  throw new WorldError(503, "The sandbox was started without the address of a NATS server.");
}

/** The engine's own subjects, as any of its services would use them. */
function published(requested: Notification): { subject: string; body: unknown } {
  switch (requested.channel) {
    case "slack":
      return { subject: "notification.slack.request", body: { message: requested.text } };
    case "email":
      return { subject: "notification.email.request", body: { email_data: emailData(requested) } };
    case "sms":
      return { subject: "notification.sms.request", body: { sms_to: requested.to, sms_data: requested.text } };
  }
}

function emailData({ to, subject, text: plain }: Extract<Notification, { channel: "email" }>) {
  const html = `<p>${plain.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll("\n", "<br>")}</p>`;
  return { subject, recipient: to, text: plain, html, images: [], attachments: [] };
}
