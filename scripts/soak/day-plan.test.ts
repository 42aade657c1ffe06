import { expect, test } from "vitest";
import { planDay } from "./day-plan.ts";
import type { EdgeFacts } from "./facts.ts";

const edges = Array.from({ length: 50 }, (_, index): EdgeFacts => {
  const link = { line: `LN-${index}`, ethernet: true, digi: false, customerOwned: false, businessGrade: false };
  return {
    id: index,
    name: `ACME-${index}`,
    serial: `VC${index}`,
    haSerial: index % 7 === 3 ? `VCS${index}` : null,
    host: `vco${index % 2}.example.net`,
    siteId: Math.floor(index / 2),
    utcOffsetMinutes: -300,
    monitored: true,
    links: [{ ...link, interface: "GE1" }],
  };
});

test("the same seed makes the same day, another seed another one", () => {
  const options = { seed: 4, hours: 12 };
  expect(planDay(edges, options)).toEqual(planDay(edges, options));
  expect(planDay(edges, options)).not.toEqual(planDay(edges, { ...options, seed: 5 }));
});

test("no two things happen at the same moment, and they are in order", () => {
  const moments = planDay(edges, { seed: 1, hours: 24 }).events.map(({ at }) => at);
  expect(new Set(moments).size).toBe(moments.length);
  expect(moments).toEqual(moments.toSorted((one, other) => one - other));
});

test("a site has one trouble at a time", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { events } = planDay(edges, { seed, hours: 24 });
    const last = new Map<number, { edge: number; at: number }>();
    for (const event of events) {
      if (!("edge" in event)) continue;
      const site = Math.floor(event.edge / 2);
      const before = last.get(site);
      if (before !== undefined && before.edge !== event.edge) expect(event.at - before.at).toBeGreaterThan(40 * 60_000);
      last.set(site, event);
    }
  }
});
