import { slackNotification } from "@trunkline/contracts";
import {
  type Captured,
  capture,
  eventually,
  movableClock,
  startTestBrokers,
  type TestBrokers,
} from "@trunkline/testkit";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { look } from "./look.ts";
import { onCall } from "./on-call.ts";
import { openAlerts } from "./open-alerts.ts";

const logger = pino({ level: "silent" });
const run = { signal: new AbortController().signal, fencingToken: 1, logger };
const clock = movableClock(new Date("2026-03-01T12:00:00Z"));
const limits = {
  serviceSilence: 120_000,
  withoutRun: new Map([["monitor", 3_600_000]]),
  quietAfterDeadLetters: 600_000,
};

let brokers: TestBrokers;
let slack: Captured<typeof slackNotification>;
let told = 0;

beforeAll(async () => {
  brokers = await startTestBrokers();
  slack = await capture(brokers.bus, slackNotification);
});
afterAll(() => brokers.stop());
beforeEach(async () => {
  await brokers.redisClient.flushall();
  told = slack.messages.length;
  // Messages about the same moment are stored once.
  clock.advance(3_600_000);
});

/** A replica of the service looks; another one may have looked before. */
async function lookOnce(): Promise<void> {
  const { bus, redisClient: redis } = brokers;
  const { tell } = onCall({ bus, jobs: { schedule: async () => true }, clock, numbers: [] });
  await look(
    { tell, redis, environment: "test", now: clock.now(), limits, open: openAlerts(redis, "test:alerts") },
    run,
  );
}

/** What Slack was told since the test began. */
async function messages(): Promise<unknown[]> {
  const last = `that is all ${crypto.randomUUID()}`;
  await brokers.bus.publish(slackNotification, { message: last });
  await eventually(() => slack.messages.some(({ message }) => message === last));
  return slack.messages
    .slice(told)
    .map(({ message }) => message)
    .filter((message) => !message.startsWith("that is all"));
}

const alive = (service: string) => brokers.redisClient.zadd("test:alive", clock.now().getTime(), service);
const succeeded = (schedule: string) => brokers.redisClient.zadd("test:succeeded", clock.now().getTime(), schedule);

it("on-call hears once that a service is down, and once that it is up again", async () => {
  await alive("bruin-bridge");
  await lookOnce();
  clock.advance(121_000);
  await lookOnce();
  await lookOnce();
  clock.advance(600_000);
  await lookOnce();
  expect(await messages()).toEqual([expect.stringContaining("*bruin-bridge is down*")]);
  await alive("bruin-bridge");
  await lookOnce();
  await lookOnce();
  expect((await messages()).slice(1)).toEqual([expect.stringContaining("bruin-bridge is up again")]);
  clock.advance(121_000);
  await lookOnce();
  expect((await messages()).slice(2)).toEqual([expect.stringContaining("*bruin-bridge is down*")]);
});

it("on-call hears once that no pass has finished", async () => {
  await succeeded("monitor:pass:vco1.example.net");
  clock.advance(3_601_000);
  await lookOnce();
  clock.advance(60_000);
  await lookOnce();
  await succeeded("monitor:pass:vco1.example.net");
  await lookOnce();
  expect(await messages()).toEqual([
    expect.stringContaining("*No pass of vco1.example.net has finished*"),
    expect.stringContaining("A run of pass of vco1.example.net has finished again"),
  ]);
});

it("on-call hears once of dead letters, however many come, and once when no more do", async () => {
  const dead = () => brokers.redisClient.hincrby("test:dead-letters", "a.b", 1);
  await dead();
  await lookOnce();
  expect(await messages()).toEqual([]);
  await dead();
  await lookOnce();
  await dead();
  clock.advance(60_000);
  await lookOnce();
  clock.advance(601_000);
  await lookOnce();
  expect(await messages()).toEqual([
    expect.stringContaining("*Messages on a.b cannot be processed*: 2 dead letters"),
    expect.stringContaining("No more messages on a.b"),
  ]);
});

it("nothing is told twice when a replica dies after telling", async () => {
  await alive("bruin-bridge");
  clock.advance(121_000);
  await lookOnce();
  await brokers.redisClient.hdel("test:alerts:open", "service bruin-bridge");
  await lookOnce();
  expect(await messages()).toHaveLength(1);
});
