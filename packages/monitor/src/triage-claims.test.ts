import { startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { triageClaims } from "./triage-claims.ts";

let brokers: TestBrokers;

beforeAll(async () => {
  brokers = await startTestBrokers();
});
afterAll(() => brokers.stop());

it("the first note of a detail is written by whoever asks first, in every attempt", async () => {
  const claims = triageClaims(brokers.redisClient, "test");
  const detail = { ticketId: 9001, serial: "VC100" };
  expect(await claims.claim(detail, "monitor")).toBe(true);
  expect(await claims.claim(detail, "triage")).toBe(false);
  expect(await claims.claim(detail, "monitor")).toBe(true);
  expect(await claims.claim({ ...detail, serial: "VC200" }, "triage")).toBe(true);
  expect(await triageClaims(brokers.redisClient, "live").claim(detail, "triage")).toBe(true);
});
