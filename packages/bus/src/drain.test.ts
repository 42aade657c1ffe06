import { setTimeout as sleep } from "node:timers/promises";
import { contractsOf } from "@trunkline/contracts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { ok } from "./index.ts";
import { type OpenedBus, startRig, type TestRig } from "./testing/old-peer.ts";

const { request } = contractsOf("test-bridge", "test_bridge");
const common = { effect: "read", timeoutSeconds: 5, description: "For stops.", reply: z.unknown() } as const;

let rig: TestRig;
let requester: OpenedBus;
let count = 0;

beforeAll(async () => {
  rig = await startRig();
  requester = await rig.open();
});
afterAll(() => rig.stop());

const contractOfItsOwn = () => request({ ...common, subject: `stops.${++count}`, body: z.int() });

it("under load, with another replica, no request is lost", async () => {
  const contract = contractOfItsOwn();
  const handled = { leaving: 0, staying: 0 };
  const leaving = await rig.open();
  const staying = await rig.open();
  for (const [name, { bus }] of [
    ["leaving", leaving],
    ["staying", staying],
  ] as const) {
    const handler = async (value: number) => {
      handled[name] += 1;
      await sleep(value % 5);
      return ok(value);
    };
    await bus.serve(contract, handler, { concurrency: 4 });
  }
  let isOver = false;
  let sent = 0;
  const wrong: unknown[] = [];
  const load = Array.from({ length: 32 }, async () => {
    while (!isOver) {
      const value = ++sent;
      const answer = await requester.bus.request(contract, value);
      if (!answer.ok || answer.body !== value) wrong.push(answer);
    }
  });
  await expect.poll(() => handled.leaving, { interval: 5 }).toBeGreaterThan(50);
  await leaving.bus.drain();
  const whenDrained = { ...handled };
  await expect.poll(() => handled.staying, { interval: 5 }).toBeGreaterThan(whenDrained.staying + 50);
  isOver = true;
  await Promise.all(load);
  expect(wrong).toEqual([]);
  expect(handled.leaving).toBe(whenDrained.leaving);
  expect(handled.leaving + handled.staying).toBe(sent);
});

it("requests that are on their way to a replica when it stops are answered by it", async () => {
  const contract = contractOfItsOwn();
  const { bus } = await rig.open();
  const drained = Promise.withResolvers<void>();
  await bus.serve(contract, async (value) => {
    // The rest of the burst is in sockets and buffers now.
    if (value === 0) bus.drain().then(drained.resolve, drained.reject);
    return ok(value);
  });
  const burst = Array.from({ length: 1_000 }, (_, value) => requester.bus.request(contract, value));
  const statuses = (await Promise.all(burst)).map(({ status }) => status);
  await drained.promise;
  // What reaches the server after the subscription has ended has nobody there; nothing is left without an answer.
  expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
});

it("what is in hand and what waits is finished first; then the connection is closed", async () => {
  const contract = contractOfItsOwn();
  const gate = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  const { bus } = await rig.open();
  const handler = async (value: number) => {
    arrived.resolve();
    await gate.promise;
    return ok(value);
  };
  await bus.serve(contract, handler, { concurrency: 2 });
  const pending = [1, 2, 3, 4, 5].map((value) => requester.bus.request(contract, value));
  await arrived.promise;
  const drained = bus.drain();
  expect(bus.drain(), "asking again is the same").toBe(drained);
  // From now on this replica is not asked any more.
  await expect.poll(() => requester.bus.request(contract, 6, { timeoutMs: 200 })).toMatchObject({ status: 503 });
  gate.resolve();
  const answers = await Promise.all(pending);
  expect(answers.map(({ body }) => body)).toEqual([1, 2, 3, 4, 5]);
  await drained;
  expect(bus.connected).toBe(false);
  expect(await bus.request(contract, 7)).toMatchObject({ ok: false, status: 503 });
});

it("a handler that does not end is aborted, and its requester answered", async () => {
  const contract = contractOfItsOwn();
  const arrived = Promise.withResolvers<void>();
  const { bus } = await rig.open({ drainWithinMs: 100 });
  await bus.serve(contract, async (_value, { signal }) => {
    arrived.resolve();
    await new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    return ok("never");
  });
  const pending = requester.bus.request(contract, 1);
  await arrived.promise;
  await bus.drain();
  expect(await pending).toMatchObject({ ok: false, status: 503, body: "the service stops" });
});

it("a handler that does not even hear the abort does not keep the service from stopping", async () => {
  const contract = contractOfItsOwn();
  const arrived = Promise.withResolvers<void>();
  const { bus } = await rig.open({ drainWithinMs: 50 });
  await bus.serve(contract, () => {
    arrived.resolve();
    return new Promise(() => undefined);
  });
  const pending = requester.bus.request(contract, 1, { timeoutMs: 100 });
  await arrived.promise;
  await bus.drain();
  expect(await pending).toMatchObject({ ok: false, status: 504 });
});

it("requests that the drained bus itself waits for are answered", async () => {
  const contract = contractOfItsOwn();
  const silent = rig.peer.subscribe(contract.subject);
  await rig.peer.flush();
  const { bus } = await rig.open();
  const pending = bus.request(contract, 1);
  await bus.drain();
  expect(await pending).toMatchObject({ ok: false, status: 503 });
  silent.unsubscribe();
});
