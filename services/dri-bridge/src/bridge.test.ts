import { movableClock } from "@trunkline/clock";
import { requestDriParameters } from "@trunkline/contracts";
import { type Sandbox, startSandbox } from "@trunkline/sandbox";
import { type RunningService, startService } from "@trunkline/service";
import { eventually, startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { service } from "./service.ts";

const INFO = "InternetGatewayDevice.DeviceInfo.X_8C192D_lte_info";
const providers = { ParameterNames: [`${INFO}.Providers`], Source: 0 };

/** The world's; the bridge has the machine's. */
const clock = movableClock(new Date());
let brokers: TestBrokers;
let sandbox: Sandbox;
let env: Record<string, string>;
let running: RunningService;

beforeAll(async () => {
  [brokers, sandbox] = await Promise.all([startTestBrokers(), startSandbox({ clock })]);
  env = brokers.environment(sandbox.env("dri-bridge"));
  running = await startService(service, { env });
});
afterAll(async () => {
  await running.stop();
  await Promise.all([sandbox.stop(), brokers.stop()]);
});
afterEach(() => {
  sandbox.faults.removeAll();
  sandbox.world.network.healAll();
});

let used = 0;

/** A modem that no other test has asked. */
function freshModem() {
  const modems = sandbox.world.network.fleet.edges.flatMap((edge) =>
    edge.links
      .filter(({ type }) => type === "WIRELESS")
      .map((link) => ({ edge, link, serial: String(700_000 + link.id) })),
  );
  const modem = modems[used++];
  if (modem === undefined) throw new Error("the sandbox has no more modems");
  return modem;
}

const ask = (serial_number: string, parameter_set: object = providers) =>
  brokers.bus.request(requestDriParameters, { serial_number, parameter_set: parameter_set as typeof providers });
const stillFetching = (serial: string) => ({
  status: 204,
  body: `Data is still being fetched from DRI for serial ${serial}`,
});
const keyOf = (serial: string) => brokers.redisClient.get(`test-dri-serial-${serial}`);

async function callsTo(path: string): Promise<{ path: string }[]> {
  const response = await fetch(`${sandbox.console.url}/api/calls?system=dri`);
  return ((await response.json()) as { path: string }[]).filter((call) => call.path.includes(path));
}

test("a modem is asked in a task, which is looked at until it is done", async () => {
  const { serial, link } = freshModem();
  expect(await ask(serial)).toMatchObject(stillFetching(serial));
  expect(await keyOf(serial)).toMatch(/^\d+$/);
  expect(await ask(serial)).toMatchObject(stillFetching(serial));
  clock.advance(5_000);
  expect(await ask(serial)).toMatchObject({ ok: true, status: 200, body: { [`${INFO}.Providers`]: link.isp } });
  expect(await callsTo(`${serial}/parameter_returnid`)).toHaveLength(1);
});

test("however many ask a modem at once, it is asked once", async () => {
  const { serial } = freshModem();
  const replies = await Promise.all(Array.from({ length: 5 }, () => ask(serial)));
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([204]));
  expect(await callsTo(`${serial}/parameter_returnid`)).toHaveLength(1);
});

test("another set of parameters gets its own values", async () => {
  const { serial } = freshModem();
  const imei = { ParameterNames: [`${INFO}.ModemImei`], Source: 0 };
  await ask(serial);
  clock.advance(5_000);
  expect(await ask(serial, imei)).toMatchObject(stillFetching(serial));
  clock.advance(5_000);
  expect((await ask(serial, imei)).body).toEqual({ [`${INFO}.ModemImei`]: expect.stringMatching(/^35/) });
  expect((await ask(serial)).body).toEqual({ [`${INFO}.Providers`]: expect.any(String) });
  expect(await callsTo(`${serial}/parameter_returnid`)).toHaveLength(2);
});

test("a task that is pending at DataRemote is found when Redis has forgotten it", async () => {
  const { serial } = freshModem();
  await ask(serial);
  const task = await keyOf(serial);
  await brokers.redisClient.flushall();
  expect(await ask(serial)).toMatchObject(stillFetching(serial));
  expect(await keyOf(serial)).toBe(task);
  expect(await callsTo(`${serial}/parameter_returnid`)).toHaveLength(1);
});

test("a modem that cannot be asked is a 403, and the next request asks it anew", async () => {
  const { serial, edge, link } = freshModem();
  sandbox.world.network.failLink(edge.serial, link.interface);
  await ask(serial);
  clock.advance(60_000);
  expect(await ask(serial)).toMatchObject({ status: 403, body: `DRI task was rejected for serial ${serial}` });
  expect(await keyOf(serial)).toBeNull();
  expect(await ask(serial)).toMatchObject({ status: 204 });
  expect(await callsTo(`${serial}/parameter_returnid`)).toHaveLength(2);
});

test("a task that DataRemote no longer knows is forgotten", async () => {
  const { serial } = freshModem();
  await brokers.redisClient.set(`test-dri-serial-${serial}`, "5");
  expect(await ask(serial)).toMatchObject({
    status: 400,
    body: `Failed to retrieve data from DRI for serial ${serial}`,
  });
  expect(await keyOf(serial)).toBeNull();
});

test("a device that DataRemote does not know is a 400 in its own words, whatever its name holds", async () => {
  expect(await ask("none")).toMatchObject({ status: 400, body: { status: "FAILED" } });
  expect(await ask("../../auth?a=1")).toMatchObject({ status: 400, body: { status: "FAILED" } });
  expect(await callsTo("/acs/device/..%2F..%2Fauth%3Fa%3D1/taskpending")).toHaveLength(1);
});

const noBody = 'You must specify {.."body":{"serial_number", "parameter_set"}...} in the request';
const missingKey = 'You must specify "serial_number" and "parameter_set" in the body';

test.each([
  [null, noBody],
  [{}, missingKey],
  [{ serial_number: "700059" }, missingKey],
  [{ serial_number: "700059", parameter_set: { ParameterNames: "all" } }, expect.stringContaining("ParameterNames")],
])("%j is no question", async (body, text) => {
  expect(await brokers.bus.request(requestDriParameters, body as never)).toMatchObject({ status: 400, body: text });
});

test("a session that has ended is renewed once, however many wait", async () => {
  const modems = Array.from({ length: 5 }, freshModem);
  const before = (await callsTo("auth/login")).length;
  sandbox.faults.add({ system: "dri", kind: "expired-session", times: 1 });
  const replies = await Promise.all(modems.map(({ serial }) => ask(serial)));
  expect(replies.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
  expect(await callsTo("auth/login")).toHaveLength(before + 1);
});

test.each([
  ["403", 403, expect.anything()],
  ["404", 404, expect.anything()],
  ["429", 429, { message: "Too many requests" }],
  ["500", 500, { message: "An error has occurred." }],
  ["504", 504, { message: "Gateway timeout" }],
  ["hang-up", 500, "Error while connecting to DRI"],
  ["garbage", 502, "DRI's answer could not be read"],
  ["html", 502, "DRI's answer could not be read"],
  ["truncated", 502, "DRI's answer could not be read"],
] as const)("DataRemote's %s is told as %i", async (kind, status, body) => {
  sandbox.faults.add({ system: "dri", kind, path: "taskpending" });
  expect(await ask("709001")).toMatchObject({ ok: false, status, body });
});

test("a task that took too long to begin has a text of its own", async () => {
  const { serial } = freshModem();
  sandbox.faults.add({ system: "dri", kind: "504", path: "parameter_returnid" });
  expect(await ask(serial)).toMatchObject({ status: 504, body: `Getting task_id of ${serial} timed out` });
});

test("calls are counted, logins among them, without serial numbers", async () => {
  const metrics = await (await fetch(`http://127.0.0.1:${running.metricsPort}/metrics`)).text();
  expect(metrics).toMatch(/dri_api_usage_total\{[^}]*method="POST",endpoint_="\/auth\/login"[^}]*\} \d/);
  expect(metrics).toMatch(/dri_api_usage_total\{[^}]*endpoint_="\/acs\/device\/\{serial\}\/parameter_tid"[^}]*\} \d/);
});

test("a bridge that DataRemote does not let in says so, is not ready, and heals by itself", async () => {
  const others = await startTestBrokers();
  sandbox.faults.add({ system: "dri", kind: "503", path: "login" });
  const second = await startService(service, { env: others.environment(sandbox.env("dri-bridge")) });
  const { serial } = freshModem();
  const question = { serial_number: serial, parameter_set: providers };
  const ready = async () => (await fetch(`http://127.0.0.1:${second.healthPort}/_ready`)).status;
  expect(await ready()).toBe(503);
  expect(await others.bus.request(requestDriParameters, question)).toMatchObject({
    status: 401,
    body: "Login to DRI failed",
  });
  sandbox.faults.removeAll();
  await eventually(async () => (await ready()) === 200);
  expect(await others.bus.request(requestDriParameters, question)).toMatchObject({ status: 204 });
  await second.stop();
  await others.stop();
});
