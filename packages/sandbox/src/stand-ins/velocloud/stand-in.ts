import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import { httpKinds, sessionKinds } from "../../faults/fault.ts";
import { createSessions } from "../sessions.ts";
import type { StandIn, StandInParts } from "../stand-in.ts";
import { aggregates } from "./aggregates.ts";
import { edgeConfigurationModules } from "./edge-configuration.ts";
import { enterpriseEdges } from "./enterprise-edges.ts";
import { enterpriseEvents } from "./enterprise-events.ts";
import { gatewayStatusMetrics, networkGateways } from "./gateways.ts";
import { aggregateEdgeLinkMetrics } from "./link-metrics.ts";
import { edgeLinkSeries } from "./link-series.ts";
import { edgeLinkStatus } from "./link-status.ts";
import { type Method, VcoError } from "./method.ts";
import { networkEnterprises } from "./network-enterprises.ts";

const SESSION_COOKIE = "velocloud.session";

const methods: Readonly<Record<string, Method>> = {
  "monitoring/getEnterpriseEdgeLinkStatus": edgeLinkStatus,
  "enterprise/getEnterpriseEdges": enterpriseEdges,
  "event/getEnterpriseEvents": enterpriseEvents,
  "edge/getEdgeConfigurationModules": edgeConfigurationModules,
  "network/getNetworkEnterprises": networkEnterprises,
  "network/getNetworkGateways": networkGateways,
  "monitoring/getAggregates": aggregates,
  "monitoring/getAggregateEdgeLinkMetrics": aggregateEdgeLinkMetrics,
  "metrics/getEdgeLinkSeries": edgeLinkSeries,
  "metrics/getGatewayStatusMetrics": gatewayStatusMetrics,
};

const credentials = { username: "operator@trunkline.example", password: "sandbox-velocloud" };

/** The Orchestrators of the world, one per host. */
export function velocloudStandIns(parts: StandInParts): StandIn[] {
  return [...new Set(parts.world.network.fleet.customers.map(({ host }) => host))].map((host, index, hosts) => {
    const orchestrator = orchestratorStandIn(parts, host);
    // The bridge gets one variable for all of them, so only the first brings it.
    return index === 0 ? { ...orchestrator, environment: environmentFor(hosts) } : orchestrator;
  });
}

function environmentFor(hosts: readonly string[]) {
  const { username, password } = credentials;
  return {
    "velocloud-bridge": {
      VELOCLOUD_CREDENTIALS: hosts.map((host) => [host, username, password].join("+")).join(";"),
    },
  };
}

/** A VeloCloud Orchestrator: methods under `/portal/rest`, called by POST, behind a session cookie. */
function orchestratorStandIn({ world, random, settings }: StandInParts, host: string): StandIn {
  const sessions = createSessions(world.clock, random, settings.velocloudSessionSeconds ?? 86_400);
  const app = new Hono<{ Bindings: HttpBindings }>();
  const login = z.object({ username: z.literal(credentials.username), password: z.literal(credentials.password) });

  app.post("/portal/rest/login/operatorLogin", async (context) => {
    const { success } = login.safeParse(await bodyOf(context));
    // A failed login differs from a successful one in having no cookie; it leads back to the login page.
    if (!success) return context.redirect("/login/operatorLogin.html?error=credentials");
    setCookie(context, SESSION_COOKIE, sessions.open(), { path: "/", secure: true, httpOnly: true });
    return context.body(null, 200);
  });

  for (const [path, method] of Object.entries(methods)) {
    app.post(`/portal/rest/${path}`, async (context) => {
      if (!sessions.isValid(getCookie(context, SESSION_COOKIE) ?? "")) return sessionError(context);
      return context.json(method(world, host, await bodyOf(context)));
    });
  }

  app.all("*", (context) => context.json(errorBody(-32601, "methodError [unknown method]"), 400));
  app.onError((error, context) => {
    if (!(error instanceof VcoError)) throw error;
    return context.json(errorBody(-32600, error.message, error.path), 400);
  });
  const faultKinds = [...httpKinds, ...sessionKinds];
  return { system: "velocloud", hosts: [host], app, faultKinds, expireSessions: sessions.expireAll, environment: {} };
}

async function bodyOf(context: Context): Promise<unknown> {
  const text = await context.req.text();
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    throw new VcoError();
  }
}

/** An Orchestrator answers 200 to a call without a session; the header is what tells it apart at first sight. */
function sessionError(context: Context): Response {
  context.header("Expires", "0");
  return context.json(errorBody(-32000, "tokenError [expired session cookie]"), 200);
}

function errorBody(code: number, message: string, path?: string) {
  if (path === undefined) return { error: { code, message } };
  const data = {
    valid: false,
    error: [{ code: "VALIDATION_ERROR", message: `Invalid value of ${path}`, path }],
    warning: [],
  };
  return { error: { code, message, data } };
}
