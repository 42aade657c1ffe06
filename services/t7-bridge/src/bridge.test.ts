import { requestPrediction, saveAutomationMetrics, saveLiveAutomationMetrics } from "@trunkline/contracts";
import { type Sandbox, startSandbox } from "@trunkline/sandbox";
import { type RunningService, startService } from "@trunkline/service";
import { startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { service } from "./service.ts";

let brokers: TestBrokers;
let sandbox: Sandbox;
let running: RunningService;

beforeAll(async () => {
  [brokers, sandbox] = await Promise.all([startTestBrokers(), startSandbox({ fleet: { edges: 6 } })]);
  running = await startService(service, { env: brokers.environment(sandbox.env("t7-bridge")) });
});
afterAll(async () => {
  await running.stop();
  await Promise.all([sandbox.stop(), brokers.stop()]);
});
afterEach(() => {
  sandbox.faults.removeAll();
  sandbox.world.network.healAll();
});

/** An open ticket for an edge of its own each time. */
let used = 0;
function someTicket() {
  const { inventory, desk, network } = sandbox.world;
  const edge = network.fleet.edges.filter(({ state }) => state !== "NEVER_ACTIVATED")[used++ % 6];
  const asset = inventory.byServiceNumber(edge?.serial ?? "");
  if (asset === undefined) throw new Error("the sandbox has no such edge");
  const { id } = desk.open({ topic: "VOO", assets: [asset], description: "down" });
  return { id, serial: asset.serviceNumber };
}

const rows = [{ Asset: "VC9990001", "Task Result": null, SLA: 1, "Some Key": true }];

function predictions({ id, serial }: { id: number; serial: string }, timeoutMs?: number) {
  const body = { ticket_id: id, ticket_rows: rows, assets_to_predict: [serial, "VC-nobody"] };
  return brokers.bus.request(requestPrediction, body, timeoutMs === undefined ? {} : { timeoutMs });
}

test("a healthy asset's repair is completed, a broken one's is not, and an unknown one has an error", async () => {
  const ticket = someTicket();
  const healthy = await predictions(ticket);
  expect(healthy).toMatchObject({
    ok: true,
    status: 200,
    body: [
      { assetId: ticket.serial, predictions: [{ name: "Repair Completed" }, {}, {}] },
      { assetId: "VC-nobody", error: { code: "error_in_prediction" } },
    ],
  });
  expect((await predictions(ticket)).body).toEqual(healthy.body);
  sandbox.world.network.failEdge(ticket.serial);
  const broken = await predictions(ticket);
  const first = broken.ok ? broken.body[0]?.predictions : [];
  expect(first?.[0]?.name).not.toBe("Repair Completed");
  // A number of 32 bits as it was meant, not as 64 bits show it.
  expect(String(first?.[0]?.probability).length).toBeLessThan(13);
});

test("a ticket's history and the outcome of a prediction are saved once, however often the same decision comes", async () => {
  const { metrics, live } = sandbox.world.training;
  const before = [metrics.items().length, live.items().length];
  const history = { ticket_id: 7001, ticket_rows: [...rows, {}] };
  const outcome = { ticket_id: 7001, asset_id: "VC9990001", automated_successfully: true };
  for (let attempt = 0; attempt < 2; attempt++) {
    const saved = await brokers.bus.request(saveAutomationMetrics, history, { idempotencyKey: "feedback-7001" });
    expect(saved).toMatchObject({ ok: true, status: 200, body: "Saved 2 metrics" });
    const told = await brokers.bus.request(saveLiveAutomationMetrics, outcome, { idempotencyKey: "live-7001" });
    expect(told).toMatchObject({ ok: true, status: 200, body: "Metric saved successfully" });
  }
  expect([metrics.items().length, live.items().length]).toEqual(before.map((count) => count + 1));
  expect(metrics.items().at(-1)).toMatchObject({ ticketId: 7001, rows: [{ asset: "VC9990001", sla: 1 }, {}] });
  expect(live.items().at(-1)).toEqual({ ticketId: 7001, asset: "VC9990001", automatedSuccessfully: true });
});

test("what T7 refused is tried again by the next attempt", async () => {
  const outcome = { ticket_id: 7002, asset_id: "VC9990001", automated_successfully: false };
  const ask = () => brokers.bus.request(saveLiveAutomationMetrics, outcome, { idempotencyKey: "live-7002" });
  sandbox.faults.add({ system: "t7", kind: "unavailable", times: 1 });
  expect(await ask()).toMatchObject({ status: 500, body: "Grpc error details: no upstream" });
  expect(await ask()).toMatchObject({ status: 200 });
});

test.each([
  ["401", 401, "Grpc error details: Invalid credentials"],
  ["403", 403, "Grpc error details: Forbidden"],
  ["404", 404, "Grpc error details: No such method"],
  ["429", 500, "Grpc error details: Too many requests"],
  ["500", 400, "Grpc error details: An error has occurred"],
  ["unavailable", 500, "Grpc error details: no upstream"],
  ["garbage", 400, "Grpc error details: Response message parsing error"],
] as const)("T7's %s is told as %i", async (kind, status, body) => {
  sandbox.faults.add({ system: "t7", kind, times: 1 });
  expect(await predictions(someTicket())).toMatchObject({ ok: false, status, body });
});

test("a T7 that hangs up is told as 500 without its address, and the next request finds it again", async () => {
  sandbox.faults.add({ system: "t7", kind: "hang-up", times: 1 });
  const reply = await predictions(someTicket());
  expect(reply).toMatchObject({
    ok: false,
    status: 500,
    body: expect.stringMatching(/^Grpc error details: [A-Z a-z_]+$/),
  });
  expect(await predictions(someTicket())).toMatchObject({ ok: true });
});

test("a T7 that does not answer is waited for until the requester's deadline, and hears of it", async () => {
  sandbox.faults.add({ system: "t7", kind: "stall", times: 1 });
  const began = performance.now();
  expect((await predictions(someTicket(), 400)).status).toBeOneOf([408, 504]);
  expect(performance.now() - began).toBeLessThan(2_000);
  const calls = (await (await fetch(`${sandbox.console.url}/api/calls?system=t7`)).json()) as object[];
  expect(calls.at(-1)).toMatchObject({ host: "kre.example.net", path: "/entrypoint.Entrypoint/Prediction", status: 0 });
});

test("a slow T7 is slow, and right", async () => {
  sandbox.faults.add({ system: "t7", kind: "latency", delayMs: 200 });
  expect(await predictions(someTicket())).toMatchObject({ ok: true });
});

test.each([
  [{}, 'You must specify {.."body": {"ticket_id", "ticket_rows", "assets_to_predict"}..} in the request'],
  [{ ticket_id: 7001, ticket_rows: [{ SLA: "x" }], assets_to_predict: ["a"] }, expect.stringContaining("SLA")],
])("%j is refused", async (body, text) => {
  expect(await brokers.bus.request(requestPrediction, body as never)).toMatchObject({ status: 400, body: text });
});
