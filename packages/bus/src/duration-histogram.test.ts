import { Histogram, Registry } from "prom-client";
import { expect, test } from "vitest";
import { DurationHistogram } from "./duration-histogram.ts";

const name = "bus_request_duration_seconds";
const help = "From asking to having the answer";
const buckets = [0.005, 0.1, 1];
const observations = [
  ["desk.a", "2xx", 4],
  ["desk.a", "2xx", 5],
  ["desk.a", "2xx", 6],
  ["desk.a", "5xx", 999],
  ["desk.b", "2xx", 5000],
] as const;

test("it is exposed to the letter as the library's own histogram is", async () => {
  const [ours, theirs] = [new Registry(), new Registry()];
  const quick = new DurationHistogram({ name, help, buckets, registry: ours });
  const slow = new Histogram({ name, help, buckets, labelNames: ["subject", "status_class"], registers: [theirs] });
  for (const [subject, statusClass, milliseconds] of observations) {
    quick.series(subject, statusClass).observe(milliseconds);
    slow.labels(subject, statusClass).observe(milliseconds / 1000);
  }
  expect(await ours.metrics()).toBe(await theirs.metrics());
  ours.setDefaultLabels({ service: "desk" });
  expect(await ours.metrics()).toMatch(/_count\{.*service="desk".*\} 3/);
});

test("a series is the same however often it is asked for, and a reset forgets it", async () => {
  const registry = new Registry();
  const histogram = new DurationHistogram({ name, help, buckets, registry });
  expect(histogram.series("a", "2xx")).toBe(histogram.series("a", "2xx"));
  histogram.series("a", "2xx").observe(1);
  registry.resetMetrics();
  expect(await registry.metrics()).not.toContain("subject");
});
