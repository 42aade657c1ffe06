import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { httpKinds, sessionKinds } from "../../faults/fault.ts";
import type { Sessions } from "../sessions.ts";
import type { StandIn } from "../stand-in.ts";

export interface BruinIdentityOptions {
  readonly host: string;
  readonly tokens: Sessions;
  readonly client: { readonly id: string; readonly secret: string };
}

/** Bruin's identity server: client credentials in, bearer token out. */
export function bruinIdentityStandIn({ host, tokens, client }: BruinIdentityOptions): StandIn {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const authorization = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString("base64")}`;

  app.post("/identity/connect/token", async (context) => {
    if (context.req.header("authorization") !== authorization) return context.json({ error: "invalid_client" }, 400);
    const { grant_type: grant, scope } = await context.req.parseBody();
    if (grant !== "client_credentials") return context.json({ error: "unsupported_grant_type" }, 400);
    if (scope !== "public_api") return context.json({ error: "invalid_scope" }, 400);
    const token = { access_token: tokens.open(), expires_in: tokens.lifetimeSeconds, token_type: "Bearer", scope };
    return context.json(token, 200, { "cache-control": "no-store" });
  });
  const faultKinds = [...httpKinds, ...sessionKinds];
  return { system: "bruin", hosts: [host], app, faultKinds, expireSessions: tokens.expireAll, environment: {} };
}
