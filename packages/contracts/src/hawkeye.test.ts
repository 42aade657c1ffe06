import { expect, test } from "vitest";
import { requestProbes, requestTestResults } from "./hawkeye.ts";

const interval = { start: "2022-06-03 09:00:00.123456", end: "2022-06-03 10:00:00" };

test.each([{}, { status: "down" }, { serial_number: "B827EB000031", status: null }, { page: 2 }])(
  "%j is a request for probes",
  (body) => {
    expect(requestProbes.body.parse(body)).toEqual(body);
  },
);

test("an interval is handed on untouched", () => {
  const body = { probe_uids: ["b8:27:eb:00:00:31"], interval };
  expect(requestTestResults.body.parse(body)).toEqual(body);
});

test.each([
  { interval },
  { probe_uids: "b8:27:eb:00:00:31", interval },
  { probe_uids: [""], interval },
  { probe_uids: [], interval: { start: interval.start } },
])("%j is no request for test results", (body) => {
  expect(requestTestResults.body.safeParse(body).success).toBe(false);
});

test("an odd probe hides none of the others, and keys that are not named are kept", () => {
  const probes = requestProbes.reply.parse([
    { probeId: 31, active: 1, nodetonode: { status: "1", lastUpdate: "never" }, realservice: [], os: "linux" },
    { probeId: "32", nodetonode: { status: 0 } },
  ]);
  expect(probes).toMatchObject([
    { probeId: "31", active: "1", nodetonode: { status: 1, lastUpdate: "never" }, realservice: null, os: "linux" },
    { probeId: "32", nodetonode: { status: 0, lastUpdate: null }, serialNumber: null },
  ]);
});

test("a result has an id as text, and no figures where Hawkeye has none", () => {
  const results = requestTestResults.reply.parse({
    uid: [{ summary: { id: 29001, status: "Passed" }, metrics: null }],
  });
  expect(results).toMatchObject({ uid: [{ summary: { id: "29001", testId: null }, metrics: [] }] });
});
