import { expect, test } from "vitest";
import { grows } from "./gauges.ts";

const MIB = 1024 ** 2;

test.each([
  ["as much as before", 60, 60, false],
  ["a little more: caches, compiled code", 60, 80, false],
  ["a leak", 60, 120, true],
  ["a bridge that is gone is told otherwise", 60, undefined, false],
] as const)("%s", (_name, early, end, expected) => {
  expect(grows(early * MIB, end && end * MIB)).toBe(expected);
});
