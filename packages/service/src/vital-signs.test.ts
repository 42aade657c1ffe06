import { startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { readVitalSigns, scheduleSigns, startHeartbeat } from "./vital-signs.ts";

let brokers: TestBrokers;

beforeAll(async () => {
  brokers = await startTestBrokers();
});
afterAll(() => brokers.stop());
beforeEach(async () => {
  await brokers.redisClient.flushall();
});

const logger = pino({ level: "silent" });
const read = () => readVitalSigns(brokers.redisClient, "test");

it.each([
  ["ready", [], ["bridge"]],
  ["not ready", ["nats"], []],
])("a service that is %s says so: %j → %j", async (_, failing, services) => {
  const asked = vi.fn(async () => failing);
  const redis = brokers.redisClient;
  const end = startHeartbeat({ redis, environment: "test", service: "bridge", failing: asked, logger });
  await vi.waitFor(() => expect(asked).toHaveBeenCalled());
  await vi.waitFor(async () => expect([...(await read()).alive.keys()]).toEqual(services));
  end();
});

it("a schedule is waited for from the moment it is known, and a success moves it on", async () => {
  const signs = scheduleSigns(brokers.redisClient, "test", "monitor:pass:vco1");
  await signs.known();
  const first = (await read()).succeeded.get("monitor:pass:vco1");
  await vi.waitFor(async () => {
    await signs.succeeded();
    expect((await read()).succeeded.get("monitor:pass:vco1")?.getTime()).toBeGreaterThan(first?.getTime() ?? 0);
  });
  const second = (await read()).succeeded.get("monitor:pass:vco1");
  await signs.known();
  expect((await read()).succeeded.get("monitor:pass:vco1")).toEqual(second);
});
