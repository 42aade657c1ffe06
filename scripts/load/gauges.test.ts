import { expect, test } from "vitest";
import { grows } from "./gauges.ts";

const MIB = 1024 ** 2;
const seen = (heapOf: (second: number) => number) =>
  Array.from({ length: 120 }, (_, second) => ({ heap: heapOf(second) * MIB, rss: 0, delayMax: 0, delayP99: 0 }));

test.each([
  ["a heap that is filled and collected", (second: number) => 60 + (second % 10) * 20, false],
  ["one that grows while it warms up", (second: number) => 60 + Math.min(second, 25) * 4, false],
  ["a leak of a mebibyte each second", (second: number) => 60 + second + (second % 10) * 20, true],
] as const)("%s", (_name, heapOf, expected) => {
  expect(grows(seen(heapOf))).toBe(expected);
});
