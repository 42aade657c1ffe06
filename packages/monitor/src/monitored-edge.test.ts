import { cachedAcme, HOST, acmeLinks as linkRows, acmePairs as pairRows } from "@trunkline/testkit";
import { expect, it } from "vitest";
import { monitoredEdges } from "./monitored-edge.ts";

const readings = { cache: [cachedAcme()], links: linkRows(), pairs: pairRows() };

it("crosses what the Orchestrator and the cache know, by serial", () => {
  const edges = monitoredEdges(readings, []);
  expect([...edges.keys()]).toEqual(["VC100"]);
  expect(edges.get("VC100")).toMatchObject({ status: { name: "ACME-0007" }, cached: { edge: { edge_id: 70 } } });
});

it.each([
  ["is not in the cache", { ...readings, cache: [cachedAcme({ serial_number: "VC900" })] }],
  ["has no links", { ...readings, links: [] }],
  ["is missing among the pairs", { ...readings, pairs: [] }],
  ["was never activated", { ...readings, links: linkRows({ edge: "NEVER_ACTIVATED" }) }],
])("leaves out an edge that %s", (_, incomplete) => {
  expect(monitoredEdges(incomplete, []).size).toBe(0);
});

it("knows the standby of a pair, which the cache lists by its own serial", () => {
  const cache = [cachedAcme(), cachedAcme({ serial_number: "VC200" })];
  const edges = monitoredEdges({ ...readings, cache, pairs: pairRows({ ha: "READY" }) }, []);
  expect(edges.get("VC200")?.status.partner).toEqual({ serial: "VC100", state: "CONNECTED", role: "standby" });
});

it.each([
  [{ host: HOST, enterprise_id: 7, edge_id: 70 }, 0],
  [{ host: HOST, enterprise_id: 7, edge_id: 71 }, 1],
  [{ host: "vco1.example.net", enterprise_id: 7, edge_id: 70 }, 1],
])("with %j on the blacklist, %s are left", (blacklisted, count) => {
  expect(monitoredEdges(readings, [blacklisted]).size).toBe(count);
});
