import { expect, it } from "vitest";
import { noteTime, parseNoteTime } from "./note-time.ts";

it.each([
  ["2022-06-03T13:57:00Z", "US/Eastern", "2022-06-03 09:57:00-04:00"],
  ["2022-12-03T13:57:00.999Z", "US/Eastern", "2022-12-03 08:57:00-05:00"],
  ["2022-06-03T04:00:00Z", "US/Eastern", "2022-06-03 00:00:00-04:00"],
  ["2022-06-03T13:57:00Z", "UTC", "2022-06-03 13:57:00+00:00"],
  ["2022-06-03T13:57:00Z", "Asia/Kolkata", "2022-06-03 19:27:00+05:30"],
])("%s in %s is %s", (moment, timeZone, text) => {
  expect(noteTime(new Date(moment), timeZone)).toBe(text);
});

it.each([[undefined], [""], ["Unknown"]])("%j is no time", (text) => {
  expect(parseNoteTime(text)).toBeNull();
});
