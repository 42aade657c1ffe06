import { movableClock } from "@trunkline/clock";
import type { MonitoredEdge } from "@trunkline/monitor";
import { createTroubles } from "@trunkline/monitor";
import { HOST, NOW, startTestBrokers, type TestBrokers, talkingBus } from "@trunkline/testkit";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Monitor } from "../monitor.ts";
import { acme, settings } from "../testing/acme.ts";
import { pass } from "./pass.ts";

const logger = pino({ level: "silent" });
const run = { signal: new AbortController().signal, fencingToken: 1, logger };

let brokers: TestBrokers;
let scheduled: string[];
let messages: string[];
let monitor: Pick<
  Monitor,
  "bus" | "redis" | "prefix" | "jobs" | "clock" | "logger" | "settings" | "troubles" | "collector"
>;

function look(edges: readonly MonitoredEdge[], signal = run.signal): Promise<void> {
  const tickets = { ofClients: async () => [] };
  const bySerial = new Map(edges.map((edge, index) => [`VC${index}`, edge]));
  const collector = { snapshotOf: async () => ({ host: HOST, takenAt: NOW, edges: bySerial, tickets }) };
  return pass({ ...monitor, collector } as unknown as Monitor, HOST, { ...run, signal });
}

beforeAll(async () => {
  brokers = await startTestBrokers();
});
afterAll(() => brokers.stop());
beforeEach(async () => {
  await brokers.redisClient.flushall();
  scheduled = [];
  const desk = talkingBus({});
  messages = desk.messages;
  const schedule: Monitor["jobs"]["schedule"] = async (kind, { key }) => {
    scheduled.push(`${kind.name} ${key}`);
    return true;
  };
  monitor = {
    bus: desk.bus,
    redis: brokers.redisClient,
    prefix: "test",
    jobs: { schedule, cancel: async () => false, work: async () => {} },
    clock: movableClock(NOW),
    logger,
    settings: settings(),
    troubles: createTroubles({ prefix: "test", logger }),
    collector: { snapshotOf: () => Promise.reject(new Error("unused")) },
  };
});

const down = acme({ edge: "OFFLINE" });
const odd = {
  ...down,
  status: { ...down.status, serial: "VC666", links: null, state: "CONNECTED" },
} as unknown as MonitoredEdge;

it("goes on behind an edge that it does not understand, and names it once", async () => {
  await look([odd, down]);
  await look([odd, down]);
  expect(scheduled).toEqual(Array(2).fill(`outage-quarantine ${HOST}/VC100/Hard Down (no HA)`));
  expect(messages).toEqual([`Not monitored on ${HOST}, because their data is not understood (see the log): VC666.`]);
});

it("puts nothing down any more when it has lost its lease", async () => {
  const stopped = AbortSignal.abort(new Error("the lease was lost"));
  await expect(look([down], stopped)).rejects.toThrow("the lease was lost");
  expect(scheduled).toEqual([]);
});
