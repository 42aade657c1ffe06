import type { Answer } from "@trunkline/http";
import { expect, test } from "vitest";
import { linksConfiguration } from "./links-configuration.ts";
import { context, HOST, scripted } from "./testing/scripted-orchestrator.ts";

const request = { host: HOST, enterprise_id: 12, edge_id: 701 };
const edge = "{'host': 'vco1.example.net', 'enterprise_id': 12, 'edge_id': 701}";

async function ask(result: Partial<Answer>) {
  const { orchestrators, calls } = scripted(result);
  return { reply: await linksConfiguration(orchestrators)(request, context), calls };
}

test("links of the WAN module are handed on, with status 200", async () => {
  const links = [{ mode: "PUBLIC", interfaces: ["GE1"] }];
  const { reply, calls } = await ask({ status: 203, body: { WAN: { data: { links, networks: [] } } } });
  expect(reply).toEqual({ status: 200, body: links });
  expect(calls).toEqual([
    { method: "edge/getEdgeConfigurationModules", body: { enterpriseId: 12, edgeId: 701, modules: ["WAN"] } },
  ]);
});

test.each([
  [{}, `No WAN module was found for edge ${edge}`],
  [{ WAN: null }, `No WAN module was found for edge ${edge}`],
  [{ WAN: {} }, `No WAN module was found for edge ${edge}`],
  [{ WAN: { data: {} } }, `No links configuration was found in WAN module of edge ${edge}`],
  [{ WAN: { data: { links: [] } } }, `No links configuration was found in WAN module of edge ${edge}`],
])("%j has no links", async (body, text) => {
  expect((await ask({ body })).reply).toEqual({ status: 404, body: text });
});

test("a 400 names the edge", async () => {
  const { reply } = await ask({ status: 400, body: { error: { message: "no such edge" } } });
  expect(reply).toEqual({ status: 400, body: `Got 400 from Velocloud -> no such edge for edge ${edge}` });
});

test("a good answer of another kind is refused", async () => {
  expect((await ask({ body: [] })).reply).toMatchObject({ status: 500 });
});
