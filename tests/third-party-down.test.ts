import { setTimeout as sleep } from "node:timers/promises";
import { ask, connectBare } from "@trunkline/conformance";
import { type Sandbox, startSandbox } from "@trunkline/sandbox";
import { type RunningService, type ServiceDefinition, startService } from "@trunkline/service";
import { startTestBrokers } from "@trunkline/testkit";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { service as bruin } from "../services/bruin-bridge/src/service.ts";
import { service as digi } from "../services/digi-bridge/src/service.ts";
import { service as hawkeye } from "../services/hawkeye-bridge/src/service.ts";
import { service as velocloud } from "../services/velocloud-bridge/src/service.ts";

const releases = new AsyncDisposableStack();
let sandbox: Sandbox;
let restartVelocloud: () => Promise<void>;
let send: (subject: string, body: object, withinMs?: number) => Promise<{ status: number; ms: number }>;

beforeAll(async () => {
  const brokers = releases.use(await startTestBrokers());
  sandbox = await startSandbox({ fleet: { edges: 12 } });
  releases.defer(() => sandbox.stop());
  const start = (service: ServiceDefinition) =>
    startService(service, { env: brokers.environment(sandbox.env(service.name)) });
  const running = new Map<ServiceDefinition, RunningService>();
  for (const service of [bruin, digi, hawkeye, velocloud]) {
    running.set(service, await start(service));
    releases.defer(() => running.get(service)?.stop());
  }
  restartVelocloud = async () => {
    await running.get(velocloud)?.stop();
    running.set(velocloud, await start(velocloud));
  };
  const nats = await connectBare(brokers.nats.url);
  releases.defer(() => nats.close());
  send = async (subject, body, withinMs = 10_000) => {
    const began = performance.now();
    const headers = { "Trunkline-Deadline": String(Date.now() + withinMs) };
    const question = { subject, headers, request: { request_id: "r1", body } };
    const text = await ask(question, { nats, runId: "r", replyWithinMs: withinMs + 500 });
    return { status: (JSON.parse(text) as { status: number }).status, ms: performance.now() - began };
  };
});
afterAll(() => releases.disposeAsync());
afterEach(() => sandbox.faults.removeAll());

const links = (host: string, withinMs?: number) => send("get.links.with.edge.info", { host }, withinMs);
const DOWN = "vco1.example.net";
const UP = "vco2.example.net";

async function callsTo(system: string, path: string): Promise<number> {
  const response = await fetch(`${sandbox.console.url}/api/calls?system=${system}`);
  const calls = (await response.json()) as { path: string }[];
  return calls.filter((call) => call.path.includes(path)).length;
}

it.each([
  ["velocloud", "operatorLogin", "get.links.with.edge.info", { host: DOWN }],
  ["bruin", "connect/token", "bruin.single_ticket.basic.request", { ticket_id: 1 }],
  ["digi", "oauth/token", "get.digi.recovery.logs", { size: 1 }],
  ["hawkeye", "login", "hawkeye.probe.request", {}],
])("a hundred requests that find %s's session ended cause one login", async (system, login, subject, body) => {
  const expected = (await send(subject, body)).status;
  const before = await callsTo(system, login);
  sandbox.faults.add({ system, kind: "expired-session", times: 1 });
  const replies = await Promise.all(Array.from({ length: 100 }, () => send(subject, body)));
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([expected]));
  expect((await callsTo(system, login)) - before).toBe(1);
});

it.each([
  ["hang-up", 503],
  ["503", 503],
  // Requesters in a hurry do not make a slow Orchestrator one that is down: it goes on being asked.
  ["stall", 504],
] as const)("an Orchestrator's %s leaves requests to the others as quick as they were", async (kind, status) => {
  await restartVelocloud();
  const quiet = await latencies(() => links(UP));
  sandbox.faults.add({ system: "velocloud", host: DOWN, kind });
  const stop = new AbortController();
  const told: number[] = [];
  // More than one subject works on at once elsewhere, each asking again after a while.
  const crowd = Array.from({ length: 64 }, async () => {
    while (!stop.signal.aborted) {
      // On a busy machine, whoever is in a hurry may have left before there was a reply.
      const reply = await links(DOWN, 3_000).catch(() => undefined);
      if (reply?.status === status) told.push(reply.ms);
      await sleep(250);
    }
  });
  await expect.poll(() => told.length).toBeGreaterThan(0);
  const troubled = await latencies(() => links(UP));
  // The first ones came before the breaker opened.
  const failing = status === 503 ? await latencies(() => links(DOWN), status) : told;
  stop.abort();
  await Promise.all(crowd);
  process.stdout.write(
    `${kind}: the other host took ${shown(quiet)} before, ${shown(troubled)} meanwhile; a ${status} of the one that is down took ${shown(failing)}\n`,
  );
  // An open breaker asks nobody.
  if (status === 503) expect(at(failing, 0.5)).toBeLessThan(200);
  // Far below what the others wait for, and far above what a busy machine adds.
  expect(at(troubled, 0.5)).toBeLessThan(200);
});

async function latencies(request: () => Promise<{ status: number; ms: number }>, expected = 200): Promise<number[]> {
  const taken: number[] = [];
  while (taken.length < 50) {
    const { status, ms } = await request();
    // Now and then one of the requests that are refused tries whether the host is back.
    if (expected !== 503) expect(status).toBe(expected);
    if (status === expected) taken.push(ms);
  }
  return taken.toSorted((a, b) => a - b);
}

const at = (sorted: readonly number[], share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
const shown = (sorted: readonly number[]) => `${at(sorted, 0.5).toFixed(1)} ms (p95 ${at(sorted, 0.95).toFixed(1)})`;
