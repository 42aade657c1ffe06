import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { NotNow } from "../errors.ts";
import { httpKinds, sessionKinds } from "../faults/fault.ts";
import type { Edge, Link } from "../world/model.ts";
import type { Recovery, RecoveryStep } from "../world/recoveries.ts";
import type { World } from "../world/world.ts";
import { createSessions } from "./sessions.ts";
import type { StandIn, StandInParts } from "./stand-in.ts";

type DigiContext = Context<{ Bindings: HttpBindings }>;

const host = "digi.example.net";
const client = { id: "trunkline-sandbox", secret: "sandbox-digi" };
const scope = "write:dms";

/** What gateways begin with that are DiGi's. */
const vendorPrefixes = ["00:27:04", "00:04:2d"];

/** DiGi's device management: parameters travel as headers, and refusals as a 200 that says so. */
export function digiStandIn({ world, random, settings }: StandInParts): StandIn {
  const tokens = createSessions(world.clock, random, settings.digiTokenSeconds ?? 3_600);
  const app = new Hono<{ Bindings: HttpBindings }>();
  const basic = Buffer.from(`${client.id}:${client.secret}`).toString("base64");

  app.post("/Identity/rest/oauth/token", async (context) => {
    const [, given] = /^basic (.+)$/i.exec(context.req.header("authorization") ?? "") ?? [];
    if (given !== basic) return context.json({ error: "invalid_client" }, 401);
    const form = await context.req.parseBody();
    if (form.grant_type !== "client_credentials") return context.json({ error: "unsupported_grant_type" }, 400);
    if (form.scope !== scope) return context.json({ error: "invalid_scope" }, 400);
    return context.json({ access_token: tokens.open(), expires_in: tokens.lifetimeSeconds, token_type: "Bearer" });
  });

  app.use("/DeviceManagement_API/*", async function authorised(context, next) {
    const [, token = ""] = /^Bearer (.+)$/i.exec(context.req.header("authorization") ?? "") ?? [];
    return tokens.isValid(token) ? next() : context.json({ error: "invalid_token" }, 401);
  });
  app.post("/DeviceManagement_API/rest/Recovery/RecoverDevice", (context) => context.json([recover(world, context)]));
  app.get("/DeviceManagement_API/rest/Recovery/Logs", (context) => context.json(logPage(world, context)));
  app.all("*", (context) => context.json({ error: "not found" }, 404));

  const environment = {
    "digi-bridge": {
      DIGI_BASE_URL: `https://${host}`,
      DIGI_CLIENT_ID: client.id,
      DIGI_CLIENT_SECRET: client.secret,
    },
  };
  const faultKinds = [...httpKinds, ...sessionKinds];
  return { system: "digi", hosts: [host], app, faultKinds, expireSessions: tokens.expireAll, environment };
}

function recover(world: World, { req }: DigiContext): object {
  const [serial, ticket, mac] = [req.header("VeloSerial"), req.header("Ticket"), req.header("MAC")];
  if (!serial || !ticket || !mac) return { error: "VeloSerial, Ticket and MAC are required" };
  const edge = world.network.findEdge(serial);
  const link = edge?.links.find(({ logicalId }) => logicalId.slice(0, 17) === mac.slice(0, 17));
  const isOurs = vendorPrefixes.some((prefix) => mac.startsWith(prefix));
  if (edge === undefined || link === undefined || !isOurs) return { error: `No device ${mac} at ${serial}` };
  try {
    const { id } = world.recoveries.start({ edge, link, serial, ticket });
    const message = `DiGi Device Recovery started, check Bruin ticket ${ticket} later for details.. Process ID = ${id}`;
    return { Message: message, ...deviceObject({ edge, link, serial, ticket }) };
  } catch (error) {
    if (!(error instanceof NotNow)) throw error;
    return { Message: `DiGi Device Recovery Aborted: ${error.message}`, VeloSerial: serial, Ticket: ticket };
  }
}

function deviceObject({ edge, link, serial, ticket }: { edge: Edge; link: Link; serial: string; ticket: string }) {
  return {
    VeloSerial: serial,
    SiteName: edge.name,
    VeloInterface: { Interface: link.interface },
    DiscoveredIP: { IPAddress: link.ipAddress },
    Carrier: { Carrier: link.isp },
    DiscoveredMAC: { MAC: link.logicalId.slice(0, 17).replaceAll(":", "") },
    Ticket: ticket,
  };
}

const DEFAULT_SIZE = 50;

function logPage(world: World, { req }: DigiContext): object {
  const since = new Date(req.header("StartDateTime") ?? 0);
  if (Number.isNaN(since.getTime())) return refusal("40002", "StartDateTime is not a valid timestamp");
  const [size, offset] = [Number(req.header("Size") ?? DEFAULT_SIZE), Number(req.header("Offset") ?? 0)];
  if (!Number.isInteger(size) || size < 1) return refusal("40003", "Size is not a valid number");
  if (!Number.isInteger(offset) || offset < 0) return refusal("40003", "Offset is not a valid number");
  const igzID = req.header("IgzID");
  const found = world.recoveries
    .steps()
    .filter(({ startedAt, recovery }) => startedAt >= since && (igzID === undefined || igzID === String(recovery.id)));
  const page = found.slice(offset, offset + size).map(logEntry);
  return { Logs: page, Count: page.length, Size: String(size), Offset: String(offset) };
}

function refusal(code: string, message: string) {
  return { Error: { Code: code, Message: message } };
}

function logEntry({ id, recovery, method, startedAt, endedAt, success }: RecoveryStep) {
  return {
    Id: id,
    igzID: String(recovery.id),
    RequestID: recovery.requestId,
    Method: method,
    System: "NYD",
    VeloSerial: recovery.serial,
    TicketID: recovery.ticket,
    DeviceSN: "NYD",
    Notes: notes(method, recovery),
    TimestampSTART: wholeSeconds(startedAt),
    TimestampEND: endedAt && wholeSeconds(endedAt),
    Success: success,
  };
}

function notes(method: RecoveryStep["method"], { startedAt, link }: Recovery): string {
  return method === "API Start" ? `API Called ${wholeSeconds(startedAt)}` : `${method} at ${link.ipAddress}`;
}

function wholeSeconds(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}
