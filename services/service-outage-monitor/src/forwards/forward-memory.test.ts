import { startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type ForwardMemory, forwardMemory } from "./forward-memory.ts";

let brokers: TestBrokers;
let forwards: ForwardMemory;

beforeAll(async () => {
  brokers = await startTestBrokers();
});
afterAll(() => brokers.stop());
beforeEach(async () => {
  await brokers.redisClient.flushall();
  forwards = forwardMemory(brokers.redisClient, "test");
});

it("what was forwarded is remembered until it is forgotten", async () => {
  expect(await forwards.has("9001-VC100-HNOC")).toBe(false);
  await forwards.remember("9001-VC100-HNOC");
  expect(await forwards.has("9001-VC100-HNOC")).toBe(true);
  await forwards.forget(["9001-VC100-HNOC", "9001-VC100-12-WORKER"]);
  expect(await forwards.has("9001-VC100-HNOC")).toBe(false);
  await forwards.forget([]);
});

it("a task is not forwarded while its ticket is being resolved, and the other way round", async () => {
  await forwards.alone(["hnoc", "worker"], "resolution", async () => {
    await expect(forwards.alone(["worker"], "forward", async () => {})).rejects.toThrow("move worker");
    // Another forward, and another attempt of the same, go on.
    await forwards.alone(["other"], "forward", async () => {});
    await forwards.alone(["hnoc"], "resolution", async () => {});
  });
  await forwards.alone(["worker"], "forward", async () => {
    await expect(forwards.alone(["hnoc", "worker"], "resolution", async () => {})).rejects.toThrow(
      "move hnoc or worker",
    );
    // A refused claim leaves nothing behind.
    await forwards.alone(["hnoc"], "another", async () => {});
  });
});

it("whoever fails lets the other go on", async () => {
  await expect(forwards.alone(["hnoc"], "one", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect(await forwards.alone(["hnoc"], "other", async () => "done")).toBe("done");
});

it("whoever dies holds the other up for five minutes at most", async () => {
  await forwards.alone(["hnoc"], "one", async () => {
    expect(await brokers.redisClient.ttl("test:moving:hnoc")).toBeLessThanOrEqual(300);
  });
});
