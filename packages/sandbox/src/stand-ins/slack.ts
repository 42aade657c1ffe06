import type { HttpBindings } from "@hono/node-server";
import type { Clock } from "@trunkline/clock";
import { Hono } from "hono";
import { z } from "zod";
import { httpKinds } from "../faults/fault.ts";
import type { StandIn, StandInParts } from "./stand-in.ts";

const host = "hooks.slack.example.net";
const path = "/services/T0SANDBOX/B0SANDBOX/sandbox-webhook";

const payload = z.looseObject({ text: z.string().min(1) });

/** An incoming webhook of Slack: JSON in, `ok` out. */
export function slackStandIn({ world: { clock, messages }, settings }: StandInParts): StandIn {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const limit = settings.slackRateLimit === undefined ? undefined : bucket(clock, settings.slackRateLimit);

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

/** A token bucket. @returns the whole seconds to wait until the next message, 0 when it may pass now */
function bucket(clock: Clock, { perSecond, burst }: { perSecond: number; burst: number }): () => number {
  let tokens = burst;
  let filledAt = clock.now().getTime();
  return () => {
    const now = clock.now().getTime();
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1_000) * perSecond);
    filledAt = now;
    if (tokens < 1) return Math.ceil((1 - tokens) / perSecond);
    tokens--;
    return 0;
  };
}
