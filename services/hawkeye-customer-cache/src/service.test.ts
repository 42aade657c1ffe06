import {
  emailNotification,
  getCustomerInfo,
  getHawkeyeCustomerCache,
  requestProbes,
  slackNotification,
} from "@trunkline/contracts";
import { type RunningService, startService } from "@trunkline/service";
import {
  capture,
  eventually,
  type MovableClock,
  movableClock,
  scriptedBridge,
  startTestBrokers,
  type TestBrokers,
} from "@trunkline/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { service } from "./service.ts";
import { bridgeContracts, type Site, siteOf } from "./testing/devices.ts";

const HOUR = 3_600_000;

let brokers: TestBrokers;
let site: Site;
let clock: MovableClock;
let running: RunningService[];

beforeEach(async () => {
  brokers = await startTestBrokers();
  site = siteOf({ serial: "P1" }, { serial: "P2" });
  clock = movableClock(new Date("2026-01-05T10:00:00Z"));
  running = [];
  for (const contract of bridgeContracts) {
    await scriptedBridge(brokers.bus, contract, async ({ body }) => {
      const answer = site.answer(contract.subject, body as Record<string, unknown>);
      await site.held;
      return answer;
    });
  }
});
afterEach(async () => {
  await Promise.all(running.map((each) => each.stop()));
  await brokers.stop();
});

async function start(changes: Record<string, string> = {}): Promise<RunningService> {
  const env = brokers.environment({ REFRESH_CHECK_INTERVAL: "1", ...changes });
  const started = await startService(service, { env, clock });
  running.push(started);
  return started;
}

async function serials(): Promise<string[]> {
  const reply = await brokers.bus.request(getHawkeyeCustomerCache, {});
  if (!reply.ok || !Array.isArray(reply.body)) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body.map((device) => device.serial_number);
}

async function until(expected: string[]): Promise<void> {
  await eventually(async () => expect(await serials()).toEqual(expected) ?? true, { timeout: 20_000 });
}

function lists(): number {
  return site.requests.filter((subject) => subject === requestProbes.subject).length;
}

test("202 until there is something; a list that becomes empty leaves what was there, and people hear since when", async () => {
  const slack = await capture(brokers.bus, slackNotification);
  const held = Promise.withResolvers<void>();
  site.held = held.promise;
  await start();
  await eventually(() => lists() === 1);
  expect(await brokers.bus.request(getHawkeyeCustomerCache, {})).toMatchObject({
    status: 202,
    body: "Cache is still being built",
  });
  held.resolve();
  await until(["P1", "P2"]);
  expect(JSON.parse((await brokers.redisClient.get("test-hawkeye")) ?? "")).toHaveLength(2);

  site.devices = [];
  clock.advance(5 * HOUR);
  await eventually(() => slack.messages.length === 1);
  expect(slack.messages[0]?.message).toBe(
    "[hawkeye-customer-cache] Cache for Hawkeye was not refreshed in TEST environment, " +
      "it stays as of 2026-01-05 10:00 UTC (2 Ixia devices):\n• of 0 devices at Hawkeye none came through",
  );
  expect(await serials()).toEqual(["P1", "P2"]);

  site.devices = [{ serial: "P3" }];
  await until(["P3"]);
  expect(slack.messages).toHaveLength(1);
});

test("a restart builds nothing that is not due, and of several replicas one builds", async () => {
  const one = await start();
  await until(["P1", "P2"]);
  await one.stop();
  running = [];
  site.devices = [{ serial: "P3" }];
  await Promise.all([start(), start()]);
  for (let request = 0; request < 10; request += 1) expect(await serials()).toEqual(["P1", "P2"]);
  expect(lists()).toBe(1);

  clock.advance(60_000);
  await brokers.redisClient.del("test-hawkeye:next_refresh_date");
  await until(["P3"]);
  expect(lists()).toBe(2);
});

test("serials with several inventory items are told and mailed", async () => {
  const slack = await capture(brokers.bus, slackNotification);
  const mails = await capture(brokers.bus, emailNotification);
  const item = { client_id: 1, client_name: "Acme", site_id: 7 };
  site.overrides.set(getCustomerInfo.subject, () => ({ status: 200, body: [item, { ...item, client_id: 2 }] }));
  site.devices = [{ serial: "P1" }];
  await start({ DUPLICATE_INVENTORIES_RECIPIENT: "desk@acme.example" });
  await eventually(() => mails.messages.length === 1, { timeout: 20_000 });
  expect(mails.messages[0]?.email_data).toMatchObject({
    recipient: "desk@acme.example",
    subject: "Serials with multiple inventory items (January 05 2026 - 10:00:00)",
  });
  expect(slack.messages.map(({ message }) => message)).toEqual([
    "[hawkeye-customer-cache] Alert. Detected some Ixia devices with more than one status. " +
      "{'P1': [{'client_id': 1, 'client_name': 'Acme', 'site_id': 7}, {'client_id': 2, 'client_name': 'Acme', 'site_id': 7}]}",
  ]);
});
