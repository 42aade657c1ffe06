import type { RequestContext } from "@trunkline/bus";
import { parseWireDate } from "@trunkline/contracts";
import { expect, test } from "vitest";
import { customerCacheHandler } from "./get-customer-cache.ts";
import type { LoadedCaches } from "./loaded-edges.ts";
import { cachedEdgeOf, HOST } from "./testing/cached-edge.ts";

const other = "vco2.example.net";
const context = { logger: { error() {} } } as unknown as RequestContext;

function caches(...hosts: string[]): LoadedCaches {
  return new Map(
    hosts.map((host) => {
      const entry = cachedEdgeOf(host === HOST ? "VC1" : "VC2");
      return [host, [{ entry, lastContact: parseWireDate(entry.last_contact ?? "") }]];
    }),
  );
}

function ask(built: LoadedCaches, filter: Record<string, number[]>, last_contact_filter?: string | null) {
  const request = { filter, ...(last_contact_filter !== undefined && { last_contact_filter }) };
  return customerCacheHandler([HOST, other], async () => built)(request, context);
}

test.each([
  ["every host", {}, ["VC1", "VC2"]],
  ["one host", { [HOST]: [] }, ["VC1"]],
  ["one enterprise", { [HOST]: [12] }, ["VC1"]],
])("the edges of %s are answered", async (_, filter, serials) => {
  const { status, body } = await ask(caches(HOST, other), filter);
  expect(status).toBe(200);
  expect(body).toMatchObject(serials.map((serial_number) => ({ serial_number })));
});

test.each([
  [{}, "Cache is still being built for host(s): vco1.example.net, vco2.example.net"],
  [{ [other]: [] }, "Cache is still being built for host(s): vco2.example.net"],
])("before anything has been built, %j is a 202", async (filter, body) => {
  expect(await ask(caches(), filter)).toEqual({ status: 202, body });
});

test("while some of the hosts are not built, the others are answered", async () => {
  expect(await ask(caches(HOST), {})).toMatchObject({ status: 200, body: [{ serial_number: "VC1" }] });
  expect(await ask(caches(HOST), { [other]: [] })).toMatchObject({ status: 202 });
});

test.each([
  [{ [HOST]: [99] }, undefined, "{'filter': {'vco1.example.net': [99]}}"],
  [{ "vco9.example.net": [] }, undefined, "{'filter': {'vco9.example.net': []}}"],
  [
    {},
    "2026-01-05 09:59:00.000000",
    "{'filter': {'vco1.example.net': [], 'vco2.example.net': []}, 'last_contact_filter': '2026-01-05 09:59:00.000000'}",
  ],
])("a filter that matches nothing is a 404", async (filter, heardAfter, text) => {
  expect(await ask(caches(HOST, other), filter, heardAfter)).toEqual({
    status: 404,
    body: `No edges were found for the specified filters: ${text}`,
  });
});

test.each([
  ["2026-01-05 09:58:59.999999", 200],
  ["2026-01-05T10:58:59+01:00", 200],
  [null, 200],
])("an edge heard of after %s is answered", async (heardAfter, status) => {
  expect(await ask(caches(HOST), { [HOST]: [] }, heardAfter)).toMatchObject({ status });
});

test("a cache that cannot be read is a 503", async () => {
  const handler = customerCacheHandler([HOST], () => Promise.reject(new Error("away")));
  expect(await handler({ filter: {} }, context)).toMatchObject({ status: 503 });
});
