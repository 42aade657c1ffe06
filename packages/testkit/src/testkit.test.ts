import { ok, refuse } from "@trunkline/bus";
import { contractsOf } from "@trunkline/contracts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { capture, eventually, scriptedBridge, startTestBrokers, type TestBrokers } from "./index.ts";

const { request, message } = contractsOf("acme-bridge", "acme_bridge");
const look = { effect: "read", timeoutSeconds: 5, body: z.object({ id: z.int() }), reply: z.unknown() } as const;
const listed = request({ ...look, subject: "acme.listed", description: "Answered from a list." });
const computed = request({
  ...look,
  subject: "acme.computed",
  effect: "write",
  description: "Answered by a function.",
});
const kept = { effect: "write", dryRun: "send", body: z.object({ id: z.int() }) } as const;
const alarm = message({ ...kept, subject: "acme.alarm", description: "Kept.", stream: "ACME" });
const hint = message({ ...kept, subject: "acme.hint", description: "Not kept." });

let brokers: TestBrokers;
beforeAll(async () => {
  brokers = await startTestBrokers();
});
afterAll(() => brokers[Symbol.asyncDispose]());

test("a scripted bridge answers in order, records requests, and says when its script has ended", async () => {
  const { bus } = brokers;
  const bridge = await scriptedBridge(bus, listed, [ok({ a: 1 }), refuse(404, "unknown")]);
  const replies = [];
  for (const id of [1, 2, 3]) replies.push(await bus.request(listed, { id }, { requestId: `r${id}` }));
  expect(replies).toMatchObject([
    { ok: true, body: { a: 1 } },
    { ok: false, status: 404, body: "unknown" },
    { ok: false, status: 500, body: "the script of acme.listed has ended" },
  ]);
  expect(bridge.requests.map(({ body, requestId }) => [body.id, requestId])).toEqual([
    [1, "r1"],
    [2, "r2"],
    [3, "r3"],
  ]);
});

test("a scripted bridge can compute its answers; writes are sent", async () => {
  const { bus } = brokers;
  const bridge = await scriptedBridge(bus, computed, async ({ body }) => ok({ doubled: body.id * 2 }));
  expect(await bus.request(computed, { id: 4 }, { idempotencyKey: "four" })).toMatchObject({ body: { doubled: 8 } });
  expect(bridge.requests).toMatchObject([{ body: { id: 4 }, idempotencyKey: "four" }]);
});

test.each([
  ["kept by a stream", alarm],
  ["not kept", hint],
])("messages are captured in order: %s", async (_name, contract) => {
  const { messages } = await capture(brokers.bus, contract);
  for (const id of [1, 2, 3]) await brokers.bus.publish(contract, { id });
  await eventually(() => messages.length === 3);
  expect(messages).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
});

test("the environment is that of a service on these brokers", async () => {
  const { NATS_SERVER1, ENVIRONMENT_NAME, EXTRA } = brokers.environment({ EXTRA: "1" });
  expect([NATS_SERVER1, EXTRA]).toEqual([brokers.nats.url, "1"]);
  await brokers.redisClient.set(`${ENVIRONMENT_NAME}:x`, "1");
  expect(await brokers.redisClient.get(`${ENVIRONMENT_NAME}:x`)).toBe("1");
});

test("eventually waits for a result, and in the end throws what went wrong", async () => {
  let looks = 0;
  const third = () => {
    looks += 1;
    if (looks === 1) throw new Error("not yet");
    return looks === 3 ? { found: true } : undefined;
  };
  expect(await eventually(third, { interval: 1 })).toEqual({ found: true });
  await expect(eventually(() => Promise.reject(new Error("never")), { timeout: 10, interval: 1 })).rejects.toThrow(
    "never",
  );
  await expect(eventually(() => false, { timeout: 10, interval: 1 })).rejects.toThrow("not within 10 ms: () => false");
});
