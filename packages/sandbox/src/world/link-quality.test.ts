import { describe, expect, it } from "vitest";
import { makeFleet } from "./fleet.ts";
import { linkMetrics, measure, measureInterval } from "./link-quality.ts";
import type { Link } from "./model.ts";

const noon = new Date("2026-03-01T12:00:00Z");
const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);
const [edge] = makeFleet(1, noon).edges;
const link = edge?.links[0] as Link;

describe("what is measured of a link", () => {
  it("is the same whenever it is asked for, and no two moments are alike", () => {
    expect(measure(link, noon)).toEqual(measure(link, noon));
    expect(measure(link, noon)).not.toEqual(measure(link, later(5)));
  });

  it("has every metric, and is harmless as long as nothing is wrong", () => {
    const measured = measureInterval(link, noon, later(30));
    expect(Object.keys(measured).sort()).toEqual([...linkMetrics].sort());
    expect(measured.bestLatencyMsTx).toBeLessThan(60);
    expect(measured.bestLossPctRx).toBeLessThan(1);
    expect(measured.bestJitterMsRx).toBeLessThan(5);
    expect((measured.bytesRx * 8) / 1_800 / measured.bpsOfBestPathRx).toBeLessThan(0.5);
  });

  it("is as bad as the link's trouble, from its beginning on", () => {
    const bad = { ...link, trouble: { latencyMs: 180, jitterMs: 40, lossPct: 9, usedPct: 95, since: later(10) } };
    expect(measure(bad, noon).bestLatencyMsTx).toBeLessThan(60);
    const measured = measureInterval(bad, later(10), later(40));
    expect(measured).toMatchObject({ bestLatencyMsRx: 180, bestJitterMsTx: 40, bestLossPctRx: 9 });
    expect((measured.bytesRx * 8) / 1_800 / measured.bpsOfBestPathRx).toBeCloseTo(0.95, 3);
  });

  it("is nothing while the link is dead", () => {
    const dead: Link = { ...link, state: "DISCONNECTED", since: later(10) };
    expect(measure(dead, noon).bytesRx).toBeGreaterThan(0);
    expect(new Set(Object.values(measure(dead, later(10))))).toEqual(new Set([0]));
  });

  it("adds amounts up and averages everything else", () => {
    const ticks = [0, 5, 10].map((minutes) => measure(link, later(minutes)));
    const whole = measureInterval(link, noon, later(15));
    expect(whole.bytesTx).toBe(ticks.reduce((sum, { bytesTx }) => sum + bytesTx, 0));
    expect(whole.totalBytes).toBe(whole.bytesRx + whole.bytesTx);
    const latency = ticks.reduce((sum, { bestLatencyMsTx }) => sum + bestLatencyMsTx, 0) / 3;
    expect(whole.bestLatencyMsTx).toBeCloseTo(latency, 1);
  });
});
