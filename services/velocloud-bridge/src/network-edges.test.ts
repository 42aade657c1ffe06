import type { Answer } from "@trunkline/http";
import { expect, test } from "vitest";
import { networkEdges } from "./network-edges.ts";
import { context, HOST, scripted } from "./testing/scripted-orchestrator.ts";

async function ask(enterprise_ids: number[], result: Partial<Answer>) {
  const { orchestrators, calls } = scripted(result);
  return { reply: await networkEdges(orchestrators)({ host: HOST, enterprise_ids }, context), calls };
}

test("edges of all enterprises become one list with their host", async () => {
  const body = [{ edges: [{ id: 1 }, { id: 2 }] }, { edges: [] }, { name: "Acme" }, { edges: [{ id: 3 }] }];
  const { reply, calls } = await ask([], { body });
  expect(reply).toEqual({ status: 200, body: [1, 2, 3].map((id) => ({ id, host: HOST })) });
  expect(calls).toEqual([{ method: "network/getNetworkEnterprises", body: { enterprises: [], with: ["edges"] } }]);
});

test("no edge at all is a 404", async () => {
  expect((await ask([12, 13], { body: [{ edges: [] }] })).reply).toEqual({
    status: 404,
    body: "No edges found for host vco1.example.net and enterprise ids [12, 13]",
  });
});

test("a 400 names the enterprises", async () => {
  expect((await ask([12], { status: 400, body: { error: { message: "bad id" } } })).reply).toEqual({
    status: 400,
    body: "Got 400 from Velocloud --> bad id for enterprise ids: [12]",
  });
});
