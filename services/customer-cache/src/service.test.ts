import { emailNotification, getCustomerCache, getLinksWithEdgeInfo, slackNotification } from "@trunkline/contracts";
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
import { HOST } from "./testing/cached-edge.ts";
import { asked, bridgeContracts, type Fleet, fleetOf } from "./testing/fleet.ts";

const HOUR = 3_600_000;

let brokers: TestBrokers;
let fleet: Fleet;
let clock: MovableClock;
let running: RunningService[];

beforeEach(async () => {
  brokers = await startTestBrokers();
  fleet = fleetOf({ serial: "VC1", standby: "VC9" }, { serial: "VC2" });
  clock = movableClock(new Date("2026-01-05T10:00:00Z"));
  running = [];
  for (const contract of bridgeContracts) {
    await scriptedBridge(brokers.bus, contract, async ({ body }) => {
      const answer = fleet.answer(contract.subject, body as Record<string, unknown>);
      await fleet.held;
      return answer;
    });
  }
});
afterEach(async () => {
  await Promise.all(running.map((each) => each.stop()));
  await brokers.stop();
});

async function start(changes: Record<string, string> = {}): Promise<RunningService> {
  const env = brokers.environment({ VELOCLOUD_HOSTS: HOST, REFRESH_CHECK_INTERVAL: "1", ...changes });
  const started = await startService(service, { env, clock });
  running.push(started);
  return started;
}

async function serials(): Promise<string[]> {
  const reply = await brokers.bus.request(getCustomerCache, { filter: {} });
  if (!reply.ok || !Array.isArray(reply.body)) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body.map((edge) => edge.serial_number);
}

async function readiness({ healthPort }: RunningService): Promise<number> {
  return (await fetch(`http://127.0.0.1:${healthPort}/_ready`)).status;
}

/** The value of a metric about the host. */
async function metric({ metricsPort }: RunningService, name: string): Promise<number | undefined> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const line = text.split("\n").find((each) => each.startsWith(`${name}{`) && each.includes(`list="${HOST}"`));
  return line === undefined ? undefined : Number(line.split(" ").at(-1));
}

async function until(expected: string[]): Promise<void> {
  await eventually(async () => expect(await serials()).toEqual(expected) ?? true, { timeout: 20_000 });
}

test("the cache is built at the start, kept when a host fails, and rebuilt when its time has come", async () => {
  const slack = await capture(brokers.bus, slackNotification);
  const mails = await capture(brokers.bus, emailNotification);
  const one = await start({ DUPLICATE_INVENTORIES_RECIPIENT: "desk@acme.example" });
  await until(["VC1", "VC2", "VC9"]);

  fleet.edges = [{ serial: "VC3" }];
  fleet.overrides.set(getLinksWithEdgeInfo.subject, () => ({ status: 403, body: "no" }));
  clock.advance(5 * HOUR);
  await eventually(() => slack.messages.length === 1);
  expect(slack.messages[0]?.message).toContain(
    `[customer-cache] Cache for host ${HOST} was not refreshed in TEST environment, ` +
      "it stays as of 2026-01-05 10:00 UTC (3 edges):",
  );
  expect(slack.messages[0]?.message).toContain("get.links.with.edge.info answered 403");
  expect(await serials()).toEqual(["VC1", "VC2", "VC9"]);
  expect(await metric(one, "cache_age_seconds")).toBe(18_000);

  fleet.overrides.clear();
  await until(["VC3"]);
  expect(await metric(one, "cache_entries")).toBe(1);
  expect(await metric(one, "cache_age_seconds")).toBe(0);
  expect(await metric(one, "cache_refresh_duration_seconds_count")).toBe(2);
  expect(slack.messages).toHaveLength(1);
  await eventually(() => mails.messages.length === 2);
  for (const { email_data } of mails.messages) {
    expect(email_data).toMatchObject({
      recipient: "desk@acme.example",
      subject: expect.stringMatching(
        /^Customer cache snapshots. Environment: test. Host: vco1.example.net. January 05 /,
      ),
      attachments: [{ name: expect.stringMatching(/^old_.*csv$/) }, { name: expect.stringMatching(/^new_.*csv$/) }],
    });
  }
});

test("202 until there is something; answers during a refresh are those before it, at once", async () => {
  const first = Promise.withResolvers<void>();
  fleet.held = first.promise;
  const one = await start();
  await eventually(() => asked(fleet, getLinksWithEdgeInfo) === 1);
  expect(await readiness(one)).toBe(503);
  expect(await brokers.bus.request(getCustomerCache, { filter: {} })).toMatchObject({
    status: 202,
    body: `Cache is still being built for host(s): ${HOST}`,
  });
  first.resolve();
  await until(["VC1", "VC2", "VC9"]);
  await eventually(async () => (await readiness(one)) === 200);

  const second = Promise.withResolvers<void>();
  fleet.held = second.promise;
  fleet.edges = [{ serial: "VC3" }];
  clock.advance(5 * HOUR);
  await eventually(() => asked(fleet, getLinksWithEdgeInfo) === 2);
  expect(await serials()).toEqual(["VC1", "VC2", "VC9"]);
  second.resolve();
  await until(["VC3"]);
});

test("of several replicas one builds, and all of them answer with what it built", async () => {
  const [one, two] = [await start(), await start()];
  await until(["VC1", "VC2", "VC9"]);
  // Twenty requests are spread over both replicas.
  for (let request = 0; request < 20; request += 1) expect(await serials()).toHaveLength(3);
  expect(asked(fleet, getLinksWithEdgeInfo)).toBe(1);
  expect(await metric(one, "cache_entries")).toBe(3);
  expect(await metric(two, "cache_entries")).toBe(3);
});

test("a replica that stops in the middle of a build stores nothing, and the next one builds", async () => {
  const held = Promise.withResolvers<void>();
  fleet.held = held.promise;
  const one = await start({ SHUTDOWN_TIMEOUT: "1" });
  await eventually(() => asked(fleet, getLinksWithEdgeInfo) === 1);
  await one.stop().catch(() => {});
  running = [];
  held.resolve();
  expect(await brokers.redisClient.exists(`test-${HOST}`)).toBe(0);
  await start();
  await until(["VC1", "VC2", "VC9"]);
});
