import { expect, it } from "vitest";
import { reduced, seriesName } from "./legend.ts";

it.for<[string, string | undefined, Record<string, string>, string]>([
  ["labels in double braces", "{{service}} {{ schedule }}", { service: "alerts", schedule: "look" }, "alerts look"],
  ["nothing for a label that is not there", "{{subject}} {{reason}}", { subject: "none" }, "none "],
  ["what Grafana falls back to where nothing is left", "{{feature}}", {}, "Value"],
  ["all labels where the query gives no name", undefined, { __name__: "up", job: "a" }, 'up{job="a"}'],
])("a series is called by %s", ([, format, labels, name]) => {
  expect(seriesName(format, labels)).toBe(name);
});

it.for<[string, number | undefined]>([
  ["lastNotNull", 2],
  ["max", 4],
  ["min", 1],
  ["mean", 7 / 3],
])("%s of values with gaps is %d", ([calculation, value]) => {
  expect(reduced(calculation, [null, 1, 4, null, 2, null])).toBe(value);
  expect(reduced(calculation, [null])).toBeUndefined();
});
