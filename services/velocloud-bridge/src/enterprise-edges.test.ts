import { expect, test } from "vitest";
import { enterpriseEdges } from "./enterprise-edges.ts";
import { context, HOST, scripted } from "./testing/scripted-orchestrator.ts";

test("edges are asked for with their links and handed on as they are", async () => {
  const edges = [{ id: 701, links: [{ interface: "GE1" }] }];
  const { orchestrators, calls } = scripted({ body: edges });
  const reply = await enterpriseEdges(orchestrators)({ host: HOST, enterprise_id: 12 }, context);
  expect(reply).toEqual({ status: 200, body: edges });
  expect(calls).toEqual([{ method: "enterprise/getEnterpriseEdges", body: { enterpriseId: 12, with: ["links"] } }]);
});
