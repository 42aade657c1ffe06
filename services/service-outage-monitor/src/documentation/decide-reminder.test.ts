import { NOW } from "@trunkline/testkit";
import { expect, it } from "vitest";
import { isReminderDue } from "./decide-reminder.ts";

const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

it.each([
  ["A12: reminded 25 hours ago", hoursAgo(25), hoursAgo(50), true],
  ["A13: reminded 23 hours ago", hoursAgo(23), hoursAgo(50), false],
  ["reminded a day ago to the second", hoursAgo(24), hoursAgo(50), false],
  ["never reminded, begun 25 hours ago", null, hoursAgo(25), true],
  ["never reminded, begun an hour ago", null, hoursAgo(1), false],
  ["without a note", null, null, false],
])("%s: %s", (_, remindedAt, beganAt, expected) => {
  expect(isReminderDue({ remindedAt, beganAt }, { now: NOW, everyMs: 24 * 3_600_000 })).toBe(expected);
});
