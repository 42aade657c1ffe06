import { type BodyOf, getDigiRecoveryLogs, rebootDigi } from "@trunkline/contracts";
import { type Sandbox, startSandbox } from "@trunkline/sandbox";
import { type RunningService, startService } from "@trunkline/service";
import { eventually, startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { service } from "./service.ts";

let brokers: TestBrokers;
let sandbox: Sandbox;
let env: Record<string, string>;
let running: RunningService;

beforeAll(async () => {
  [brokers, sandbox] = await Promise.all([startTestBrokers(), startSandbox()]);
  env = brokers.environment(sandbox.env("digi-bridge"));
  running = await startService(service, { env });
});
afterAll(async () => {
  await running.stop();
  await Promise.all([sandbox.stop(), brokers.stop()]);
});
afterEach(() => sandbox.faults.removeAll());

let used = 0;

/** An order for a DiGi modem that no other test has. */
function freshOrder(): BodyOf<typeof rebootDigi> {
  const modems = sandbox.world.network.fleet.edges.flatMap(({ serial, links }) =>
    links
      .filter(({ logicalId }) => /^00:(27:04|04:2d)/.test(logicalId))
      .map(({ logicalId }) => ({ serial, logicalId })),
  );
  const modem = modems[used++];
  if (modem === undefined) throw new Error("the sandbox has no more modems");
  return { velo_serial: modem.serial, ticket: String(5_200_000 + used), MAC: modem.logicalId };
}

const order = (body: BodyOf<typeof rebootDigi>, idempotencyKey = `decision-${body.ticket}`) =>
  brokers.bus.request(rebootDigi, body, { idempotencyKey });
const logs = (body: BodyOf<typeof getDigiRecoveryLogs> = { size: "999" }) =>
  brokers.bus.request(getDigiRecoveryLogs, body);

async function callsTo(path: string): Promise<{ status: number }[]> {
  const response = await fetch(`${sandbox.console.url}/api/calls?system=digi`);
  return ((await response.json()) as { path: string; status: number }[]).filter((call) => call.path.includes(path));
}

const startsOf = (ticket: unknown) =>
  sandbox.world.recoveries.steps().filter((step) => step.method === "API Start" && step.recovery.ticket === ticket);

test("a modem is rebooted, and the log tells so", async () => {
  const body = freshOrder();
  const reply = await order({ ...body, ticket: Number(body.ticket) });
  expect(reply).toMatchObject({
    ok: true,
    status: 200,
    body: [{ Message: expect.stringContaining("Recovery started"), VeloSerial: body.velo_serial, Ticket: body.ticket }],
  });
  expect(await logs({ start_date_time: new Date(Date.now() - 60_000).toISOString() })).toMatchObject({
    status: 200,
    body: {
      Logs: expect.arrayContaining([expect.objectContaining({ Method: "API Start", TicketID: body.ticket })]),
      Size: "50",
    },
  });
});

test("the same decision is ordered once, another one is refused while the first goes on", async () => {
  const body = freshOrder();
  const replies = await Promise.all([order(body), order(body), order(body)]);
  expect(replies).toMatchObject([{ status: 200 }, { status: 200 }, { status: 200 }]);
  expect(replies[1]?.body).toEqual(replies[0]?.body);
  expect(startsOf(body.ticket)).toHaveLength(1);
  expect(await order(body, "another decision")).toMatchObject({
    ok: false,
    status: 400,
    body: [{ Message: expect.stringContaining("Aborted") }],
  });
});

test("an order whose answer was lost is looked up, not repeated", async () => {
  const body = freshOrder();
  sandbox.faults.add({ system: "digi", kind: "hang-up", path: "RecoverDevice", when: "after", times: 1 });
  expect(await order(body)).toMatchObject({ status: 500, body: "Error while connecting to DiGi" });
  const before = (await callsTo("RecoverDevice")).length;
  expect(await order(body)).toMatchObject({
    ok: true,
    body: [{ Message: expect.stringContaining("Recovery started"), Ticket: body.ticket }],
  });
  expect(await callsTo("RecoverDevice")).toHaveLength(before);
  expect(startsOf(body.ticket)).toHaveLength(1);
});

test("an order that did not arrive is given again", async () => {
  const body = freshOrder();
  sandbox.faults.add({ system: "digi", kind: "503", path: "RecoverDevice", times: 1 });
  expect(await order(body)).toMatchObject({ status: 500 });
  expect(await order(body)).toMatchObject({ status: 200 });
  expect(startsOf(body.ticket)).toHaveLength(1);
});

test("refusals of DiGi are 400", async () => {
  expect(await order({ ...freshOrder(), velo_serial: "VC-UNKNOWN" })).toMatchObject({
    status: 400,
    body: [{ error: expect.stringContaining("No device") }],
  });
  expect(await logs({ start_date_time: "yesterday" })).toMatchObject({
    status: 400,
    body: { Error: { Code: "40002" } },
  });
});

const noBody = 'Must include "body" in request';
const missingKey = 'You must include "velo_serial", "ticket", "MAC" in the "body" field of the response request';

test.each([
  [null, noBody],
  [{}, noBody],
  [{ velo_serial: "VC1", ticket: "1" }, missingKey],
  [{ velo_serial: "VC1", ticket: "1", MAC: "" }, missingKey],
  [{ velo_serial: "VC1", ticket: ["1"], MAC: "00" }, expect.stringContaining("body.ticket")],
  [{ velo_serial: "VC1\nHost: x", ticket: "1", MAC: "00" }, expect.stringContaining("body.velo_serial")],
])("%j is no order", async (body, text) => {
  expect(await order(body as never, "none")).toMatchObject({ status: 400, body: text });
});

test.each([
  [null, noBody],
  [{}, noBody],
  [{ size: ["1"] }, expect.stringContaining("body.size")],
])("%j is no question for logs", async (body, text) => {
  expect(await logs(body as never)).toMatchObject({ status: 400, body: text });
});

test("a token that has ended is renewed once, however many wait", async () => {
  await logs();
  const before = (await callsTo("oauth/token")).length;
  sandbox.faults.add({ system: "digi", kind: "expired-session", times: 1 });
  const replies = await Promise.all(Array.from({ length: 20 }, () => logs()));
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await callsTo("oauth/token")).toHaveLength(before + 1);
});

test.each([
  ["401", 500, { message: expect.any(String) }],
  ["429", 500, { message: "Too many requests" }],
  ["500", 500, { message: "An error has occurred." }],
  ["hang-up", 500, "Error while connecting to DiGi"],
  ["garbage", 502, "DiGi's answer could not be read"],
  ["html", 502, "DiGi's answer could not be read"],
  ["truncated", 502, "DiGi's answer could not be read"],
] as const)("DiGi's %s is told as %i", async (kind, status, body) => {
  sandbox.faults.add({ system: "digi", kind, path: "Recovery" });
  expect(await logs()).toMatchObject({ ok: false, status, body });
});

test("a DiGi that does not answer is waited for until the requester's deadline, and no longer", async () => {
  sandbox.faults.add({ system: "digi", kind: "stall" });
  const began = performance.now();
  expect(await brokers.bus.request(getDigiRecoveryLogs, { size: 1 }, { timeoutMs: 300 })).toMatchObject({
    status: 504,
  });
  expect(performance.now() - began).toBeLessThan(2_000);
});

test("a bridge that DiGi does not let in says so, is not ready, and heals by itself", async () => {
  const others = await startTestBrokers();
  sandbox.faults.add({ system: "digi", kind: "503", path: "oauth" });
  const second = await startService(service, { env: { ...env, ...others.environment(sandbox.env("digi-bridge")) } });
  const ready = async () => (await fetch(`http://127.0.0.1:${second.healthPort}/_ready`)).status;
  expect(await ready()).toBe(503);
  expect(await others.bus.request(getDigiRecoveryLogs, { size: 1 })).toMatchObject({
    status: 401,
    body: "The token is not created yet. Please try in a few seconds",
  });
  sandbox.faults.removeAll();
  await eventually(async () => (await ready()) === 200);
  expect(await others.bus.request(getDigiRecoveryLogs, { size: 1 })).toMatchObject({ status: 200 });
  await second.stop();
  await others.stop();
});
