import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import { httpKinds, sessionKinds } from "../../faults/fault.ts";
import { type Probe, reachability } from "../../world/probes.ts";
import type { World } from "../../world/world.ts";
import { createSessions } from "../sessions.ts";
import type { StandIn, StandInParts } from "../stand-in.ts";
import { tokenBucket } from "../token-bucket.ts";
import { BadParameters, pageOf, type Query } from "./page.ts";
import { probeObject } from "./probe-object.ts";
import { testRun, testRuns } from "./test-history.ts";
import { testDetail, testSummary } from "./test-object.ts";

const host = "ixia.example.net";
const SESSION_COOKIE = "PHPSESSID";
const credentials = { username: "trunkline", password: "sandbox-hawkeye" };
const login = z.object({ username: z.literal(credentials.username), password: z.literal(credentials.password) });

/** Hawkeye: the probes of every customer and what they have tested, behind a session cookie. */
export function hawkeyeStandIn({ world, random, settings }: StandInParts): StandIn {
  const sessions = createSessions(world.clock, random, settings.hawkeyeSessionSeconds ?? 1_440);
  const limit = settings.hawkeyeRateLimit && tokenBucket(world.clock, settings.hawkeyeRateLimit);
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.onError((error, context) => {
    if (error instanceof BadParameters) return context.json(refusal("400 - bad request"), 400);
    throw error;
  });

  app.post("/api/login", async (context) => {
    const { success } = login.safeParse(await context.req.json().catch(() => undefined));
    if (!success) return context.json(refusal("401 - wrong username or password"), 401);
    setCookie(context, SESSION_COOKIE, sessions.open(), { path: "/", secure: true, httpOnly: true });
    return context.json({ status: "200 - successful" });
  });
  app.use("/api/*", async (context, next) => {
    const waitSeconds = limit?.() ?? 0;
    if (waitSeconds > 0) return context.json(refusal("429"), 429, { "retry-after": String(waitSeconds) });
    if (!sessions.isValid(getCookie(context, SESSION_COOKIE) ?? "")) return context.json(refusal("401"), 401);
    return next();
  });
  app.get("/api/probes", (context) => {
    const query = context.req.query();
    return context.json(pageOf(probesOf(world, query), query, (probe) => probeObject(probe, world.clock.now())));
  });
  app.get("/api/testsresults", (context) => {
    const query = context.req.query();
    return context.json(pageOf(resultsOf(world, query), query, (run) => testSummary(world, run)));
  });
  app.get("/api/testsresults/:id", (context) => {
    const run = testRun(world, Number(context.req.param("id")));
    return run === undefined ? context.json(refusal("404 - not found"), 404) : context.json(testDetail(world, run));
  });
  app.all("*", (context) => context.json(refusal("404 - not found"), 404));

  const environment = {
    "hawkeye-bridge": {
      BASE_URL: `https://${host}/api`,
      CLIENT_USERNAME: credentials.username,
      CLIENT_PASSWORD: credentials.password,
    },
  };
  const faultKinds = [...httpKinds, ...sessionKinds];
  return { system: "hawkeye", hosts: [host], app, faultKinds, expireSessions: sessions.expireAll, environment };
}

function probesOf({ probes }: World, { serial_number, status }: Query): readonly Probe[] {
  if (status !== undefined && status !== "up" && status !== "down") throw new BadParameters();
  return probes.all.filter(
    (probe) =>
      (serial_number === undefined || probe.serial === serial_number) &&
      (status === undefined || reachability(probe).up === (status === "up")),
  );
}

function resultsOf(world: World, { startDate, endDate, probeFrom }: Query) {
  const interval = { start: dateFrom(startDate), end: dateFrom(endDate) };
  const probe = probeFrom === undefined ? undefined : world.probes.byUid(probeFrom);
  const probes = probeFrom === undefined ? world.probes.all : probe === undefined ? [] : [probe];
  return probes.flatMap((each) => testRuns(world, each, interval));
}

/** `2022-06-03 09:00:00.123456` or ISO 8601; UTC unless it says otherwise. */
function dateFrom(text = ""): Date {
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(text);
  const [, day, time, fraction = "", zone = "Z"] = match ?? [];
  const date = new Date(`${day}T${time}${fraction.slice(0, 4)}${zone}`);
  if (Number.isNaN(date.getTime())) throw new BadParameters();
  return date;
}

function refusal(message: string) {
  return { status: message };
}
