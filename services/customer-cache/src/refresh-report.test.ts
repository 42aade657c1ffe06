import { startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { CacheBus } from "./peers.ts";
import { type RefreshReport, refreshReport } from "./refresh-report.ts";
import { HOST } from "./testing/cached-edge.ts";

let brokers: TestBrokers;
let published: unknown[];
let report: RefreshReport;

beforeAll(async () => {
  brokers = await startTestBrokers();
});
afterAll(() => brokers.stop());
beforeEach(async () => {
  await brokers.redisClient.flushall();
  published = [];
  const publish: CacheBus["publish"] = async (_, body) => {
    published.push(body);
  };
  report = refreshReport({ bus: { publish }, redis: brokers.redisClient, environment: "test", interval: 3600 });
});

test("the same problems are told once in an interval, others at once", async () => {
  await report.tell(HOST, { edges: 3, lines: ["bruin.get.site answered 504 for 1 edge (VC1)"] });
  await report.tell(HOST, { edges: 3, lines: ["bruin.get.site answered 504 for 1 edge (VC1)"] });
  await report.tell("vco2.example.net", { edges: 3, lines: ["bruin.get.site answered 504 for 1 edge (VC1)"] });
  await report.tell(HOST, { edges: undefined, lines: ["get.links.with.edge.info answered 500"] });
  expect(published).toEqual([
    {
      message:
        "[customer-cache] Cache for host vco1.example.net was refreshed in TEST environment with problems:\n" +
        "• bruin.get.site answered 504 for 1 edge (VC1)",
    },
    { message: expect.stringContaining("vco2.example.net") },
    {
      message:
        "[customer-cache] Cache for host vco1.example.net was not refreshed in TEST environment, " +
        "what it held before stays:\n• get.links.with.edge.info answered 500",
    },
  ]);
  expect(await brokers.redisClient.ttl(`test-${HOST}:reported`)).toBeGreaterThan(3500);
});

test("after a refresh without problems the next ones are told again", async () => {
  await report.tell(HOST, { edges: 3, lines: ["one"] });
  await report.tell(HOST, { edges: 3, lines: [] });
  await report.tell(HOST, { edges: 3, lines: ["one"] });
  expect(published).toHaveLength(2);
});

test("a host from which no edge comes through is told of even though nothing failed", async () => {
  await report.tell(HOST, { edges: undefined, lines: [] });
  expect(published).toEqual([{ message: expect.stringContaining("no edge came through") }]);
});
