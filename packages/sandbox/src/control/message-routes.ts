import type { Hono } from "hono";
import { z } from "zod";
import { channels } from "../world/messages.ts";
import type { ControlParts } from "./control-parts.ts";
import { parsed } from "./request.ts";

const messageQuery = z.object({ channel: z.enum(channels).optional() });
const callQuery = z.object({ system: z.string().optional() });

/** What the stand-ins received: messages for people, and calls. */
export function messageRoutes(api: Hono, { world: { messages }, calls }: ControlParts): void {
  api.get("/api/messages", (context) => {
    const { channel } = parsed(messageQuery, context.req.query());
    return context.json(messages.list(channel));
  });
  api.get("/api/calls", (context) => {
    const { system } = parsed(callQuery, context.req.query());
    return context.json(calls.list(system));
  });
}
