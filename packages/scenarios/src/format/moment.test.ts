import { expect, test } from "vitest";
import { dateOf, duration, durationText, moment } from "./moment.ts";

test.each([
  ["90s", 90_000, "1m30s"],
  ["3m", 180_000, "3m"],
  ["1h30m", 5_400_000, "1h30m"],
  ["90m", 5_400_000, "1h30m"],
  ["7d", 604_800_000, "7d"],
  ["1d2h3m4s", 93_784_000, "1d2h3m4s"],
  ["0s", 0, "0s"],
])("%s is a length of time", (text, milliseconds, canonical) => {
  expect(duration.parse(text)).toBe(milliseconds);
  expect(durationText(milliseconds)).toBe(canonical);
});

test.each(["", "90", "m", "3 m", "30m1h", "-3m", 90])("%j is none", (text) => {
  expect(duration.safeParse(text).success).toBe(false);
});

const beginning = new Date("2022-06-03T15:00:00Z");

test.each([
  ["40m ago", "2022-06-03T14:20:00.000Z"],
  ["1d1h ago", "2022-06-02T14:00:00.000Z"],
  ["5m later", "2022-06-03T15:05:00.000Z"],
  ["2022-06-03T10:00:00-05:00", "2022-06-03T15:00:00.000Z"],
])("%s is a moment", (text, iso) => {
  expect(dateOf(moment.parse(text), beginning).toISOString()).toBe(iso);
});

test.each(["yesterday", "40 ago", "40m", "2022-06-03", "2022-06-03T10:00:00", 5])("%j is none", (text) => {
  expect(moment.safeParse(text).success).toBe(false);
});
