import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { WorldError } from "../../errors.ts";
import { httpKinds, sessionKinds } from "../../faults/fault.ts";
import type { World } from "../../world/world.ts";
import type { Sessions } from "../sessions.ts";
import type { StandIn } from "../stand-in.ts";
import { type RateLimit, tokenBucket } from "../token-bucket.ts";
import { BruinError } from "./bruin-error.ts";
import { circuitQueries } from "./circuit-queries.ts";
import { customerEmails } from "./customer-emails.ts";
import { inventoryQueries } from "./inventory-queries.ts";
import { milestoneEmails } from "./milestone-emails.ts";
import { siteQueries } from "./site-queries.ts";
import { ticketChanges } from "./ticket-changes.ts";
import { ticketCreation } from "./ticket-creation.ts";
import { ticketDetails } from "./ticket-details.ts";
import { ticketNotes } from "./ticket-notes.ts";
import { ticketQueries } from "./ticket-queries.ts";

export interface BruinApiOptions {
  readonly world: World;
  readonly host: string;
  /** Shared with the identity server, which gives them out. */
  readonly tokens: Sessions;
  readonly rateLimit?: RateLimit | undefined;
}

/** Bruin's API over the world's service desk; every call needs a bearer token. */
export function bruinApiStandIn({ world, host, tokens, rateLimit }: BruinApiOptions): StandIn {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(async function authorised(context, next) {
    const [, token = ""] = /^Bearer (.+)$/.exec(context.req.header("authorization") ?? "") ?? [];
    if (tokens.isValid(token)) return next();
    const error = new BruinError("Authorization has been denied for this request.", { status: 401 });
    return context.json(error.toBody(), 401);
  });
  const limit = rateLimit && tokenBucket(world.clock, rateLimit);
  app.use(async function unhurried(context, next) {
    const waitSeconds = limit?.() ?? 0;
    if (waitSeconds === 0) return next();
    const error = new BruinError("Too many requests.", { status: 429 });
    return context.json(error.toBody(), 429, { "retry-after": String(waitSeconds) });
  });
  for (const routes of [
    siteQueries,
    inventoryQueries,
    circuitQueries,
    ticketQueries,
    ticketCreation,
    milestoneEmails,
  ]) {
    routes(app, world);
  }
  for (const routes of [ticketNotes, ticketDetails, ticketChanges, customerEmails]) routes(app, world);

  app.all("*", (context) => context.json(new BruinError("No such resource.", { status: 404 }).toBody(), 404));
  app.onError((error, context) => {
    const refusal = error instanceof WorldError ? refusalOf(error) : error;
    if (!(refusal instanceof BruinError)) throw error;
    return context.json(refusal.toBody(), refusal.status);
  });
  const faultKinds = [...httpKinds, ...sessionKinds];
  return { system: "bruin", hosts: [host], app, faultKinds, expireSessions: tokens.expireAll, environment: {} };
}

/** What the world does not know or allow is refused as such; what a state forbids is a validation error to Bruin. */
function refusalOf({ status, message }: WorldError): BruinError {
  if (status === 404 || status === 403) return new BruinError(message, { status });
  return new BruinError(message, { type: "ValidationException" });
}
