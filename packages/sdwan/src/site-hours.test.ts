import { expect, test } from "vitest";
import { isSiteDay } from "./site-hours.ts";

test.each([
  [{ now: "2022-06-03T13:00:00Z", tzOffset: -5, startHour: 8, endHour: 0 }, true],
  [{ now: "2022-06-03T12:59:59Z", tzOffset: -5, startHour: 8, endHour: 0 }, false],
  [{ now: "2022-06-04T04:59:59Z", tzOffset: -5, startHour: 8, endHour: 0 }, true],
  [{ now: "2022-06-04T05:00:00Z", tzOffset: -5, startHour: 8, endHour: 0 }, false],
  [{ now: "2022-06-03T17:59:59Z", tzOffset: 0, startHour: 8, endHour: 18 }, true],
  [{ now: "2022-06-03T18:00:00Z", tzOffset: 0, startHour: 8, endHour: 18 }, false],
  [{ now: "2022-06-03T01:30:00Z", tzOffset: 0, startHour: 10, endHour: 2 }, true],
  [{ now: "2022-06-03T02:00:00Z", tzOffset: 0, startHour: 10, endHour: 2 }, false],
  [{ now: "2022-06-03T02:30:00Z", tzOffset: 5.5, startHour: 8, endHour: 18 }, true],
  [{ now: "2022-06-03T00:00:00Z", tzOffset: 0, startHour: 8, endHour: 24 }, false],
])("%j is day: %s", ({ now, tzOffset, ...hours }, day) => {
  expect(isSiteDay(new Date(now), tzOffset, hours)).toBe(day);
});
