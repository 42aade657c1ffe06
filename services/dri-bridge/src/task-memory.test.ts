import { startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTaskMemory, type Question, type TaskMemory } from "./task-memory.ts";

const question: Question = { serial: "700059", parameterSet: { ParameterNames: ["Providers"] } };
const other: Question = { serial: "700059", parameterSet: { ParameterNames: ["SimIccid"] } };
const logger = pino({ level: "silent" });
let brokers: TestBrokers;
let memory: TaskMemory;

beforeAll(async () => {
  brokers = await startTestBrokers();
  memory = createTaskMemory({ redis: brokers.redisClient, environment: "test", ttlSeconds: 300, logger });
});
beforeEach(() => brokers.redisClient.flushall());
afterAll(() => brokers.stop());

test("a task lies under the device's key, as JSON, for its time", async () => {
  await memory.remember(question, { id: 1725608, isOurs: true });
  expect(await brokers.redisClient.get("test-dri-serial-700059")).toBe("1725608");
  expect(await brokers.redisClient.ttl("test-dri-serial-700059")).toBeGreaterThan(290);
  expect(await memory.recall(question)).toEqual({ id: 1725608, isOurs: true });
});

test("a task that another program has begun is known, as one that may be about something else", async () => {
  await brokers.redisClient.set("test-dri-serial-700059", '"1725608"');
  expect(await memory.recall(question)).toEqual({ id: "1725608", isOurs: false });
});

test("each question of a device keeps its own task", async () => {
  await memory.remember(question, { id: 1, isOurs: true });
  await memory.remember(other, { id: 2, isOurs: true });
  expect(await memory.recall(question)).toEqual({ id: 1, isOurs: true });
  expect(await memory.recall(other)).toEqual({ id: 2, isOurs: true });
});

test("forgetting one's task leaves another one's alone", async () => {
  await memory.remember(question, { id: 1, isOurs: true });
  await memory.remember(other, { id: 2, isOurs: true });
  await memory.forget(question, { id: 1, isOurs: true });
  expect(await memory.recall(question)).toEqual({ id: 2, isOurs: false });
  await memory.forget(other, { id: 2, isOurs: true });
  expect(await memory.recall(question)).toBeUndefined();
});

test.each(["{", "null", "{}", ""])("what is no task id counts as nothing: %j", async (stored) => {
  await brokers.redisClient.set("test-dri-serial-700059", stored);
  expect(await memory.recall(question)).toBeUndefined();
});

test("a Redis that is away is a memory that knows nothing", async () => {
  const away = async () => {
    throw new Error("away");
  };
  const redis = { mget: away, set: away, del: away };
  const without = createTaskMemory({ redis, environment: "test", ttlSeconds: 300, logger });
  await without.remember(question, { id: 1, isOurs: true });
  expect(await without.recall(question)).toBeUndefined();
  await without.forget(question, { id: 1, isOurs: true });
});
