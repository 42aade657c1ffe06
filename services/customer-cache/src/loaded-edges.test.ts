import type { LoadedEntry } from "@trunkline/cache";
import { type CachedEdge, parseWireDate } from "@trunkline/contracts";
import { expect, test } from "vitest";
import { attributedOnce, select } from "./loaded-edges.ts";
import { cachedEdgeOf, HOST } from "./testing/cached-edge.ts";

function loaded(
  serial: string,
  { enterprise = 12, heard = "2026-01-05T10:00:00Z", host = HOST } = {},
): LoadedEntry<CachedEdge> {
  const edge = { host, enterprise_id: enterprise, enterprise_name: null, edge_id: 701 };
  const entry = cachedEdgeOf(serial, { last_contact: heard, edge });
  return { entry, lastContact: parseWireDate(heard) };
}

const caches = new Map([
  ["vco1.example.net", [loaded("VC1"), loaded("VC2", { enterprise: 13 })]],
  ["vco2.example.net", [loaded("VC3"), loaded("VC4", { heard: "0000-00-00 00:00:00" })]],
]);

test.each([
  [{ "vco1.example.net": [] }, ["VC1", "VC2"]],
  [{ "vco1.example.net": [13] }, ["VC2"]],
  [{ "vco1.example.net": [13, 12] }, ["VC1", "VC2"]],
  [{ "vco1.example.net": [99] }, []],
  [{ "vco2.example.net": [], "vco1.example.net": [12] }, ["VC3", "VC4", "VC1"]],
  [{ "vco9.example.net": [] }, []],
])("%j selects %j", (hosts, serials) => {
  expect(select(caches, { hosts }).map((entry) => entry.serial_number)).toEqual(serials);
});

test("only edges heard of later than a moment are selected, never those that were not heard of at all", () => {
  const hosts = { "vco1.example.net": [], "vco2.example.net": [] };
  const at = (text: string) =>
    select(caches, { hosts, heardAfter: new Date(text) }).map((entry) => entry.serial_number);
  expect(at("2026-01-05T09:59:59Z")).toEqual(["VC1", "VC2", "VC3"]);
  expect(at("2026-01-05T10:00:00Z")).toEqual([]);
});

test.each([
  ["2026-01-05T10:00:00Z", "2026-01-05T11:00:00Z", 1],
  ["2026-01-05T11:00:00Z", "2026-01-05T10:00:00Z", 0],
  ["2026-01-05T10:00:00Z", "2026-01-05T10:00:00Z", 0],
  ["0000-00-00 00:00:00", "2026-01-05T10:00:00Z", 1],
  ["0000-00-00 00:00:00", "0000-00-00 00:00:00", 0],
])("an edge heard of at %s on one host and at %s on the next belongs to host %i", (first, second, owner) => {
  const edges = [loaded("VC1", { heard: first }), loaded("VC1", { heard: second, host: "vco2.example.net" })];
  const attributed = attributedOnce(
    new Map([
      ["vco1.example.net", edges.slice(0, 1)],
      ["vco2.example.net", edges.slice(1)],
    ]),
  );
  expect([...attributed.values()].flat()).toEqual([edges[owner]]);
  expect([...attributed.keys()]).toEqual(["vco1.example.net", "vco2.example.net"]);
});
