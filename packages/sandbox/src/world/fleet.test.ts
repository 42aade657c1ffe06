import { movableClock } from "@trunkline/clock";
import { describe, expect, it } from "vitest";
import { makeFleet } from "./fleet.ts";
import { edgeView } from "./views.ts";
import { createWorld } from "./world.ts";

const now = new Date("2026-03-01T12:00:00Z");
const worldOf = (seed: number, edges = 66) =>
  createWorld({ clock: movableClock(now), seed, fleet: { edges }, mailAccounts: {}, apiUser: "Automation" });

describe("a fleet", () => {
  it("is the same for the same seed, and another for another", () => {
    const text = (seed: number) => {
      const { network, desk } = worldOf(seed);
      return JSON.stringify(network.fleet.edges.map((edge) => edgeView(edge, desk)));
    };
    expect(text(7)).toBe(text(7));
    expect(text(7)).not.toBe(text(8));
  });

  it("names everything once", () => {
    const { edges, sites } = makeFleet(1, now, { edges: 500 });
    const serials = edges.flatMap(({ serial, haSerial }) => (haSerial === null ? [serial] : [serial, haSerial]));
    const links = edges.flatMap((edge) => edge.links);
    const kinds: (string | number)[][] = [
      serials,
      edges.map(({ id }) => id),
      sites.map(({ id }) => id),
      links.map(({ id }) => id),
      links.map(({ serviceNumber }) => serviceNumber),
    ];
    for (const names of kinds) expect(new Set(names).size).toBe(names.length);
  });

  it("has every kind of edge that the engine tells apart", () => {
    const { edges } = makeFleet(1, now);
    const inUse = edges.filter(({ state }) => state === "CONNECTED");
    const links = inUse.flatMap((edge) => edge.links);
    expect(inUse).toHaveLength(66);
    expect(inUse.some(({ haSerial }) => haSerial !== null)).toBe(true);
    expect(inUse.some(({ managementStatus }) => managementStatus === "Inactive")).toBe(true);
    expect(new Set(inUse.map((edge) => edge.links.length))).toEqual(new Set([1, 2, 3]));
    expect(links.some(({ type }) => type === "WIRELESS")).toBe(true);
    expect(links.some(({ label }) => label.includes("BYOB"))).toBe(true);
    expect(links.some(({ logicalId }) => logicalId.startsWith("00:27:04"))).toBe(true);
    expect(links.some(({ mode }) => mode === "PRIVATE")).toBe(true);
    expect(inUse.some((edge) => inUse.some((other) => other !== edge && other.site === edge.site))).toBe(true);
    // The first edge of each customer is plain: alone at its site, monitored, two lines, no standby.
    for (const [index, edge] of [inUse[0], inUse[22], inUse[44]].entries()) {
      expect([index, edge?.haSerial, edge?.links.length]).toEqual([index, null, 2]);
      expect(edge?.managementStatus).toMatch(/^Active/);
    }
  });

  it("spreads any number of customers over any hosts", () => {
    const { customers } = makeFleet(1, now, { edges: 20, customers: 8, hosts: ["a.example.net", "b.example.net"] });
    expect(customers).toHaveLength(8);
    expect(new Set(customers.map(({ name }) => name)).size).toBe(8);
    expect(customers.map(({ host }) => host).slice(0, 3)).toEqual(["a.example.net", "b.example.net", "a.example.net"]);
  });
});
