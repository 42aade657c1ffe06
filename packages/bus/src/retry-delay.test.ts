import { expect, test } from "vitest";
import { nextAttemptIn } from "./retry-delay.ts";

const middle = () => 0.5;

test.each([
  [1, 1_000],
  [2, 2_000],
  [5, 16_000],
  [9, 256_000],
  [10, 300_000],
  [99, 300_000],
])("after attempt %i the next one is %i ms away", (attempt, delay) => {
  expect(nextAttemptIn(attempt, undefined, middle)).toBe(delay);
});

test("messages that failed together are not tried again together", () => {
  expect(nextAttemptIn(1, undefined, () => 0)).toBe(800);
  expect(nextAttemptIn(1, undefined, () => 1)).toBe(1200);
});

test.each([
  [0, 0],
  [1500, 1500],
  [86_400_000, 3_600_000],
])("a third party that names %i ms gets %i ms", (named, delay) => {
  expect(nextAttemptIn(3, named, middle)).toBe(delay);
});

test("a negative wait is none", () => {
  expect(nextAttemptIn(1, -5, middle)).toBe(1000);
});
