import { startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type DuplicatesReport, duplicatesReport } from "./duplicate-inventories.ts";
import { type RefreshReport, refreshReport } from "./refresh-report.ts";
import { listeningBus } from "./testing/listening-bus.ts";
import { naming } from "./testing/probe.ts";

const SLACK = "notification.slack.request";
const MAIL = "notification.email.request";
const facts = {
  version: "1",
  builtAt: new Date("2026-01-05T10:00:12Z"),
  nextRefreshAt: new Date("2026-01-05T14:00:12Z"),
  entries: 3,
};

let brokers: TestBrokers;
let heard: { subject: string; body: unknown }[];
let report: RefreshReport;
let duplicates: DuplicatesReport;

beforeAll(async () => {
  brokers = await startTestBrokers();
});
afterAll(() => brokers.stop());
beforeEach(async () => {
  await brokers.redisClient.flushall();
  const listening = listeningBus();
  heard = listening.heard;
  const parts = { bus: listening.bus, redis: brokers.redisClient, environment: "test", naming };
  report = refreshReport({ ...parts, interval: 3600 });
  duplicates = duplicatesReport({ ...parts, recipient: "desk@acme.example" });
});

test("the same problems are told once in an interval, others at once", async () => {
  const lines = ["bruin.get.site answered 504 for 1 probe (P1)"];
  await report.tell("north", { entries: 3, facts, lines });
  await report.tell("north", { entries: 3, facts, lines });
  await report.tell("south", { entries: 3, facts, lines });
  await report.tell("north", { entries: undefined, facts, lines: ["hawkeye.probe.request answered 500"] });
  await report.tell("south", { entries: undefined, facts: undefined, lines: ["hawkeye.probe.request answered 500"] });
  expect(heard.map(({ body }) => body)).toEqual([
    {
      message:
        "[probe-cache] Cache for site north was refreshed in TEST environment with problems:\n" +
        "• bruin.get.site answered 504 for 1 probe (P1)",
    },
    { message: expect.stringContaining("site south") },
    {
      message:
        "[probe-cache] Cache for site north was not refreshed in TEST environment, " +
        "it stays as of 2026-01-05 10:00 UTC (3 probes):\n• hawkeye.probe.request answered 500",
    },
    { message: expect.stringContaining("was not refreshed in TEST environment, nothing was there before:") },
  ]);
  expect(await brokers.redisClient.ttl("test-north:reported")).toBeGreaterThan(3500);
});

test("after a refresh without problems the next ones are told again", async () => {
  await report.tell("north", { entries: 3, facts, lines: ["one"] });
  await report.tell("north", { entries: 3, facts, lines: [] });
  await report.tell("north", { entries: 3, facts, lines: ["one"] });
  expect(heard).toHaveLength(2);
});

const item = (client_id: number) => ({ client_id, client_name: "Acme <Retail>", site_id: 1 });
const now = new Date("2026-01-05T10:00:12Z");

test("serials with several inventory items are told on Slack and mailed", async () => {
  await duplicates.tell("north", new Map([["P1", [item(1), item(2)]]]), now);
  const repr = (id: number) => `{'client_id': ${id}, 'client_name': 'Acme <Retail>', 'site_id': 1}`;
  const html = (id: number) => `<li>${repr(id).replace("<", "&lt;").replace(">", "&gt;")}</li>`;
  expect(heard).toEqual([
    {
      subject: SLACK,
      body: {
        message: `[probe-cache] Alert. Detected some probes with more than one status. {'P1': [${repr(1)}, ${repr(2)}]}`,
      },
    },
    {
      subject: MAIL,
      body: {
        email_data: {
          recipient: "desk@acme.example",
          subject: "Serials with multiple inventory items (January 05 2026 - 10:00:12)",
          text: `P1\n  ${repr(1)}\n  ${repr(2)}`,
          html: `<ul><li>P1<ul>${html(1)}${html(2)}</ul></li></ul>`,
        },
      },
    },
  ]);
});

test("duplicates are told when they change or come back, not again and again", async () => {
  const told = (serial: string) => duplicates.tell("north", new Map([[serial, [item(1), item(2)]]]), now);
  await told("P1");
  await told("P1");
  expect(heard).toHaveLength(2);
  await told("P2");
  expect(heard).toHaveLength(4);
  await duplicates.tell("north", new Map(), now);
  await told("P2");
  expect(heard).toHaveLength(6);
  expect(await brokers.redisClient.ttl("test-north:duplicates")).toBeGreaterThan(86_000);
});

test("without a recipient nothing is mailed", async () => {
  const { bus, heard: slack } = listeningBus();
  const parts = { bus, redis: brokers.redisClient, environment: "test", naming };
  const silent = duplicatesReport({ ...parts, recipient: undefined });
  await silent.tell("north", new Map([["P1", [item(1), item(2)]]]), now);
  expect(slack.map(({ subject }) => subject)).toEqual([SLACK]);
});
