import { expect, it } from "vitest";
import { timeAxis, valueAxis } from "./axis.ts";

const label = String;

it.for<[string, number[], Partial<Parameters<typeof valueAxis>[1]>, number[]]>([
  ["round numbers", [0, 4.5], { min: 0 }, [0, 1, 2, 3, 4]],
  ["halves of what is small", [0, 0.33], { min: 0 }, [0, 0.1, 0.2, 0.3]],
  ["whole numbers where nothing can be halved", [0, 1], { min: 0, grid: "whole" }, [0, 1]],
  ["powers of two for bytes", [0, 3_000_000], { min: 0, grid: "binary" }, [0, 1_048_576, 2_097_152, 3_145_728]],
  ["0 to 1 where everything is 0", [0, 0], { min: 0, grid: "whole" }, [0, 1]],
  ["the bounds that the panel names", [0.5], { min: 0, max: 1 }, [0, 0.2, 0.4, 0.6, 0.8, 1]],
])("lines of an axis lie at %s", ([, values, bounds, splits]) => {
  expect(valueAxis(values, { room: 5, label, ...bounds }).splits).toEqual(splits);
});

it("labels have no zeros that say nothing", () => {
  const axis = valueAxis([0.3], { min: 0, room: 4, label: (value) => `${value.toFixed(3)} req/s` });
  expect(axis.labels).toEqual(["0 req/s", "0.1 req/s", "0.2 req/s", "0.3 req/s"]);
});

it.for<[number, string[]]>([
  [120, ["10:00:00", "10:00:30", "10:01:00", "10:01:30", "10:02:00"]],
  [600, ["10:00", "10:02", "10:04", "10:06", "10:08", "10:10"]],
  [86_400 * 3, ["03-02", "03-03", "03-04"]],
])("an axis of %d seconds says the time of day, or the day", ([seconds, labels]) => {
  const start = Date.parse("2026-03-01T10:00:00Z") / 1_000;
  expect(timeAxis(start, start + seconds, 5).labels).toEqual(labels);
});
