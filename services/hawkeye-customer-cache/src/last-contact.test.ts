import { expect, test } from "vitest";
import { lastContactOf } from "./last-contact.ts";
import { probeOf } from "./testing/devices.ts";

test.each([
  ["2026-01-05T09:40:00Z", "never", "2026-01-05T09:40:00Z"],
  ["never", "2026-01-05T09:40:00Z", "2026-01-05T09:40:00Z"],
  ["2026-01-05T09:40:00Z", "2026-01-05T09:41:00Z", "2026-01-05T09:41:00Z"],
  ["2026-01-05T09:40:00Z", "2026-01-05T10:39:00+01:00", "2026-01-05T09:40:00Z"],
  ["2026-01-05T09:40:00Z", "yesterday", "2026-01-05T09:40:00Z"],
  ["never", "yesterday", "yesterday"],
  ["never", "never", null],
])("tests at %s and %s: %j", (nodetonode, realservice, heard) => {
  expect(lastContactOf(probeOf({ serial: "P1", nodetonode, realservice }))).toBe(heard);
});

test("a kind of test that Hawkeye says nothing of has never reported", () => {
  expect(lastContactOf({ ...probeOf({ serial: "P1" }), realservice: null })).toBe("2026-01-05T09:40:00Z");
  expect(lastContactOf({ ...probeOf({ serial: "P1" }), nodetonode: null, realservice: null })).toBeNull();
});
