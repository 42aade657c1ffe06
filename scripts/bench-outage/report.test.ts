import { expect, test } from "vitest";
import { figuresOf, goalsOf, tablesOf } from "./report.ts";

const cost = (milliseconds: number, rest = {}) => ({
  milliseconds,
  cpuMilliseconds: milliseconds / 2,
  stallMs: 20,
  ownStallMs: 10,
  peakMegabytes: 300,
  calls: { "customer.cache.get": 1, "bruin.ticket.details.request": 10 },
  ...rest,
});
const bound = (milliseconds: number) => ({ milliseconds, cpuMilliseconds: milliseconds / 4, bytes: 4_500_000 });
const small = figuresOf({
  edges: 1_000,
  hosts: 1,
  first: cost(900, { stallMs: 150, peakMegabytes: 310 }),
  passes: [cost(300), cost(200), cost(400)],
  bounds: [bound(100), bound(100), bound(400)],
});

test("times are medians of warm passes, ratios those round by round; stall and memory are the worst of all", () => {
  expect(small).toMatchObject({
    pass_ms: 300,
    ms_per_edge: 0.3,
    ratio: 2,
    cpu_ratio: 4,
    megabytes_read: 4.5,
    bridge_calls: 11,
    peak_rss_mb: 310,
    longest_stall_ms: 150,
    longest_own_stall_ms: 10,
  });
});

test("each goal says what was measured", () => {
  const large = { ...small, edges: 50_000, ms_per_edge: 0.45, peak_rss_mb: 900, longest_stall_ms: 250 };
  expect(goalsOf([large, small]).map(({ measured, most }) => [measured, most])).toEqual([
    [2, 3],
    [1.5, 1.3],
    [250, 200],
    [900, 1_024],
  ]);
  expect(tablesOf([small, large])).toContain("| longest stall of the event loop, ms | 250 | 200 | no |");
});
