import { setTimeout as delay } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context, MiddlewareHandler } from "hono";
import { hostOf } from "../stand-ins/host-header.ts";
import type { Fault, FaultKind } from "./fault.ts";
import type { FaultList } from "./fault-list.ts";

type StandInContext = Context<{ Bindings: HttpBindings }>;

export interface InjectFaultsOptions {
  readonly faults: FaultList;
  readonly system: string;
  /** Makes the third party forget who is signed in. */
  readonly expireSessions?: (() => void) | undefined;
}

/** Lets a stand-in fail on demand, as real third parties do. */
export function injectFaults(options: InjectFaultsOptions): MiddlewareHandler<{ Bindings: HttpBindings }> {
  const { faults, system, expireSessions } = options;
  return async function faulty(context, next) {
    const { pathname, search } = new URL(context.req.url);
    const target = { system, host: hostOf(context.req.raw), method: context.req.method, path: pathname + search };
    const { delayMs, fault } = faults.strike(target);
    if (delayMs > 0) await waitUnlessGone(context, delayMs);
    if (fault === undefined) return next();
    if (fault.kind === "expired-session") {
      expireSessions?.();
      return next();
    }
    if (fault.when === "after") await next();
    const answer = fault.when === "after" ? await context.res.text() : '{"data":[{"id":1,"name":"unfinished"}]}';
    // Setting a response merges the headers of the one before it unless that one is taken away first.
    context.res = undefined;
    context.res = await spoiled(context, fault, answer);
  };
}

async function spoiled(context: StandInContext, fault: Fault, answer: string): Promise<Response> {
  switch (fault.kind) {
    case "garbage":
      return new Response("\u0000\u001f<<garbage>>{", { headers: json });
    case "truncated":
      return new Response(answer.slice(0, Math.ceil(answer.length / 2)), { headers: json });
    case "html":
      return new Response("<!doctype html><title>Down for maintenance</title><h1>We will be back soon</h1>", {
        headers: { "content-type": "text/html; charset=utf-8" },
      });
    case "hang-up":
      return hangUp(context);
    case "stall":
      await gone(context);
      return RESPONSE_ALREADY_SENT;
    default:
      return refusal(fault);
  }
}

const json = { "content-type": "application/json" };

/** Promises more than it sends, then breaks the connection. */
function hangUp({ env: { outgoing } }: StandInContext): Response {
  outgoing.writeHead(200, { ...json, "content-length": "4096" });
  outgoing.write('{"data":[', () => outgoing.destroy());
  return RESPONSE_ALREADY_SENT;
}

function refusal({ kind, retryAfterSeconds }: Fault): Response {
  const status = Number(kind);
  const seconds = retryAfterSeconds ?? (kind === "429" ? 1 : undefined);
  const headers = seconds === undefined ? json : { ...json, "retry-after": String(seconds) };
  return Response.json({ message: messages[kind] ?? "Refused on demand" }, { status, headers });
}

const messages: Partial<Record<FaultKind, string>> = {
  "401": "Authorization has been denied for this request.",
  "403": "Forbidden",
  "404": "Not found",
  "429": "Too many requests",
  "500": "An error has occurred.",
  "502": "Bad gateway",
  "503": "Service unavailable",
  "504": "Gateway timeout",
};

async function waitUnlessGone(context: StandInContext, milliseconds: number): Promise<void> {
  const stop = new AbortController();
  const wait = delay(milliseconds, undefined, { signal: stop.signal }).catch(() => undefined);
  await Promise.race([wait, gone(context)]);
  stop.abort();
}

/** Resolves when the caller has hung up, or the server has. */
function gone({ env: { outgoing } }: StandInContext): Promise<void> {
  return new Promise((resolve) => {
    if (outgoing.destroyed) resolve();
    else outgoing.once("close", () => resolve());
  });
}
