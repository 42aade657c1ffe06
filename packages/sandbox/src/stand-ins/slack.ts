import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { z } from "zod";
import { httpKinds } from "../faults/fault.ts";
import type { StandIn, StandInParts } from "./stand-in.ts";
import { tokenBucket } from "./token-bucket.ts";

const host = "hooks.slack.example.net";
const path = "/services/T0SANDBOX/B0SANDBOX/sandbox-webhook";

const payload = z.looseObject({ text: z.string().min(1) });

/** An incoming webhook of Slack: JSON in, `ok` out. */
export function slackStandIn({ world: { clock, messages }, settings }: StandInParts): StandIn {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const limit = settings.slackRateLimit === undefined ? undefined : tokenBucket(clock, settings.slackRateLimit);

  app.post(path, async (context) => {
    const waitSeconds = limit?.() ?? 0;
    if (waitSeconds > 0) return context.text("rate_limited", 429, { "retry-after": String(waitSeconds) });
    const body = await readJson(context.req.raw);
    if (body === undefined) return context.text("invalid_payload", 400);
    const message = payload.safeParse(body);
    if (!message.success) return context.text("no_text", 400);
    messages.add({ channel: "slack", text: message.data.text });
    return context.text("ok");
  });
  app.all("*", (context) => context.text("no_service", 404));
  const environment = { notifier: { SLACK_WEBHOOK: `https://${host}${path}` } };
  return { system: "slack", hosts: [host], app, faultKinds: httpKinds, environment };
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return undefined;
  }
}
