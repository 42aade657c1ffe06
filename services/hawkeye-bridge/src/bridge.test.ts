import { requestProbes, requestTestResults } from "@trunkline/contracts";
import { type Sandbox, startSandbox } from "@trunkline/sandbox";
import { type RunningService, startService } from "@trunkline/service";
import { eventually, startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { service } from "./service.ts";

let brokers: TestBrokers;
let sandbox: Sandbox;
let running: RunningService;

beforeAll(async () => {
  // More sites than a page of Hawkeye's lists holds.
  [brokers, sandbox] = await Promise.all([startTestBrokers(), startSandbox({ fleet: { edges: 150 } })]);
  running = await startService(service, { env: brokers.environment(sandbox.env("hawkeye-bridge")) });
});
afterAll(async () => {
  await running.stop();
  await Promise.all([sandbox.stop(), brokers.stop()]);
});
afterEach(() => {
  sandbox.faults.removeAll();
  sandbox.world.network.healAll();
});

const probes = (body: Parameters<typeof brokers.bus.request<typeof requestProbes>>[1] = {}) =>
  brokers.bus.request(requestProbes, body);

function someProbe() {
  const probe = sandbox.world.probes.all.find(({ edges: [first, ...others] }) => others.length === 0 && first.links[1]);
  if (probe === undefined) throw new Error("the sandbox has no such probe");
  return probe;
}

function results(uids: string[], minutes = 20) {
  const text = (date: Date) => date.toISOString().replace("T", " ").replace("Z", "000");
  const now = new Date();
  const start = text(new Date(now.getTime() - minutes * 60_000));
  return brokers.bus.request(requestTestResults, { probe_uids: uids, interval: { start, end: text(now) } });
}

async function callsTo(path: string): Promise<{ path: string; status: number }[]> {
  const response = await fetch(`${sandbox.console.url}/api/calls?system=hawkeye`);
  const calls = (await response.json()) as { path: string; status: number }[];
  return calls.filter((call) => call.path.includes(path));
}

test("every probe of every page is told once", async () => {
  const { all } = sandbox.world.probes;
  const reply = await probes();
  expect(reply).toMatchObject({ ok: true, status: 200 });
  const told = reply.ok ? reply.body : [];
  expect(told.map(({ serialNumber }) => serialNumber)).toEqual(all.map(({ serial }) => serial));
  expect(all.length).toBeGreaterThan(100);
  expect(told[0]).toMatchObject({ active: "1", nodetonode: { status: 1 }, realservice: { status: 1 } });
});

test("a site that is dark and a probe that stopped are down, and found by that", async () => {
  const dark = someProbe();
  const stopped = sandbox.world.probes.all.at(-1);
  sandbox.world.network.failEdge(dark.edges[0].serial);
  sandbox.world.probes.fail(stopped?.serial ?? "");
  const down = await probes({ status: "down" });
  expect(down.body).toMatchObject([{ uid: dark.uid, nodetonode: { status: 0 } }, { uid: stopped?.uid }]);
  expect((await probes({ status: "down", serial_number: dark.serial })).body).toHaveLength(1);
  sandbox.world.probes.heal(stopped?.serial ?? "");
});

test("test results come with their figures; a probe that nobody knows has none", async () => {
  const probe = someProbe();
  const good = await results([probe.uid]);
  expect(good.body).toMatchObject({
    [probe.uid]: expect.arrayContaining([
      expect.objectContaining({
        metrics: expect.arrayContaining([expect.objectContaining({ metric: "MOS", status: "Passed" })]),
      }),
    ]),
  });
  expect((await results(["b8:27:eb:ff:ff:ff"])).body).toEqual({});
});

test("a day of results of several probes takes several pages", async () => {
  const uids = sandbox.world.probes.all.slice(0, 2).map(({ uid }) => uid);
  const reply = await results(uids, 24 * 60);
  const told = reply.ok ? reply.body : {};
  for (const uid of uids) {
    expect(told[uid]?.length).toBeGreaterThan(150);
    expect(new Set(told[uid]?.map(({ summary }) => summary.id)).size).toBe(told[uid]?.length);
  }
});

test("a session that has ended is renewed once, and the requester notices nothing", async () => {
  await probes();
  const before = (await callsTo("/login")).length;
  sandbox.faults.add({ system: "hawkeye", kind: "expired-session", times: 1 });
  expect((await Promise.all([probes(), probes(), probes()])).map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await callsTo("/login")).slice(before)).toHaveLength(1);
});

test("one page that fails is asked for again", async () => {
  sandbox.faults.add({ system: "hawkeye", kind: "503", path: "offset=100", times: 1 });
  expect(await probes()).toMatchObject({ ok: true, body: { length: sandbox.world.probes.all.length } });
});

test.each([
  ["500", 500, "Got internal error from Hawkeye"],
  ["hang-up", 500, "Error while connecting to Hawkeye API"],
  ["garbage", 502, "Hawkeye's answer could not be read"],
  ["html", 502, "Hawkeye's answer could not be read"],
  ["404", 404, expect.anything()],
] as const)("Hawkeye's %s on one page is told as %i rather than as a partial list", async (kind, status, body) => {
  sandbox.faults.add({ system: "hawkeye", kind, path: "offset=100" });
  expect(await probes()).toMatchObject({ ok: false, status, body });
});

test("a Hawkeye that does not answer is waited for until the requester's deadline, and no longer", async () => {
  sandbox.faults.add({ system: "hawkeye", kind: "stall" });
  const began = performance.now();
  expect(await brokers.bus.request(requestProbes, {}, { timeoutMs: 300 })).toMatchObject({ status: 504 });
  expect(performance.now() - began).toBeLessThan(2_000);
});

test.each([
  [{}, 'Must include "probe_uids" in the body of the request'],
  [{ probe_uids: ["a"] }, 'Must include "interval" in the body of the request'],
  [{ probe_uids: ["a"], interval: { start: "2022-06-03 09:00:00" } }, expect.stringContaining("body.interval.end")],
])("%j is refused", async (body, text) => {
  expect(await brokers.bus.request(requestTestResults, body as never)).toMatchObject({ status: 400, body: text });
});

test("an interval that Hawkeye does not take is a 400", async () => {
  const body = { probe_uids: ["a"], interval: { start: "yesterday", end: "today" } };
  expect(await brokers.bus.request(requestTestResults, body)).toMatchObject({
    status: 400,
    body: "Parameters or body were in an incorrect format",
  });
});

test("a bridge that is not let in is not ready, and heals by itself", async () => {
  sandbox.faults.add({ system: "hawkeye", kind: "503", path: "/login" });
  const second = await startService(service, { env: brokers.environment(sandbox.env("hawkeye-bridge")) });
  const ready = async () => (await fetch(`http://127.0.0.1:${second.healthPort}/_ready`)).status;
  expect(await ready()).toBe(503);
  sandbox.faults.removeAll();
  await eventually(async () => (await ready()) === 200);
  await second.stop();
});
