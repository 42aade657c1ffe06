import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Logger } from "pino";
import { WorldError } from "../errors.ts";
import type { FaultKind } from "../faults/fault.ts";
import type { FaultList } from "../faults/fault-list.ts";
import type { Feed } from "../feed.ts";
import type { Calls } from "../stand-ins/calls.ts";
import type { World } from "../world/world.ts";
import { aboutRoutes } from "./about-routes.ts";
import { faultRoutes } from "./fault-routes.ts";
import { messageRoutes } from "./message-routes.ts";
import { natsRoutes } from "./nats-routes.ts";
import type { NatsView } from "./nats-view.ts";
import { networkRoutes } from "./network-routes.ts";
import type { SandboxEvents } from "./sandbox-events.ts";
import { streamRoutes } from "./stream.ts";
import { ticketRoutes } from "./ticket-routes.ts";

export interface ControlParts {
  readonly world: World;
  readonly faults: FaultList;
  readonly logger: Logger;
  readonly calls: Calls;
  readonly feed: Feed<SandboxEvents>;
  /** The variables that a service needs to talk to the stand-ins. */
  readonly env: (service: string) => Record<string, string>;
  /** What may go wrong with each third party. */
  readonly faultKinds: ReadonlyMap<string, readonly FaultKind[]>;
  /** Undefined where the sandbox knows of no NATS. */
  readonly nats: NatsView | undefined;
}

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
    ticketRoutes,
    messageRoutes,
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
