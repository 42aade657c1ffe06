import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { WorldError } from "../errors.ts";
import { aboutRoutes } from "./about-routes.ts";
import type { ControlParts } from "./control-parts.ts";
import { customerEmailRoutes } from "./customer-email-routes.ts";
import { faultRoutes } from "./fault-routes.ts";
import { gatewayRoutes } from "./gateway-routes.ts";
import { mailboxRoutes } from "./mailbox-routes.ts";
import { messageRoutes } from "./message-routes.ts";
import { natsRoutes } from "./nats-routes.ts";
import { networkRoutes } from "./network-routes.ts";
import { probeRoutes } from "./probe-routes.ts";
import { streamRoutes } from "./stream.ts";
import { ticketRoutes } from "./ticket-routes.ts";

const MOST_BODY_BYTES = 1_024 * 1_024;

/** The sandbox's control API: JSON in and out, `{error}` with a 4xx for what cannot be. */
export function controlApi(parts: ControlParts): Hono {
  const api = new Hono();
  api.use(bodyLimit({ maxSize: MOST_BODY_BYTES }));
  api.use(async function sameOrigin(context, next) {
    const origin = context.req.header("origin");
    // A page of somebody else's must not drive the sandbox of whoever has it open in another tab.
    if (origin === undefined || URL.parse(origin)?.host === context.req.header("host")) return next();
    return context.json({ error: "Pages of other origins may not use the control API." }, 403);
  });
  for (const routes of [
    aboutRoutes,
    networkRoutes,
    gatewayRoutes,
    probeRoutes,
    ticketRoutes,
    messageRoutes,
    mailboxRoutes,
    customerEmailRoutes,
    faultRoutes,
    natsRoutes,
    streamRoutes,
  ]) {
    routes(api, parts);
  }
  api.all("/api/*", (context) =>
    context.json({ error: `There is no ${context.req.method} ${context.req.path}.` }, 404),
  );
  api.onError((error, context) => {
    if (error instanceof WorldError) return context.json({ error: error.message }, error.status);
    parts.logger.error({ err: error, path: context.req.path }, "the control API failed");
    return context.json({ error: "The sandbox failed; its log says why." }, 500);
  });
  return api;
}
