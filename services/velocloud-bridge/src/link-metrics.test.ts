import { expect, test } from "vitest";
import { linkMetrics } from "./link-metrics.ts";
import { context, HOST, scripted } from "./testing/scripted-orchestrator.ts";

const interval = { start: "2022-06-03T09:30:00Z", end: "2022-06-03T10:00:00Z" };

test("every row's link is handed on with its host", async () => {
  const rows = [{ linkId: 9001, bytesTx: 5, link: { edgeId: 701 } }, { linkId: 9002 }];
  const { orchestrators, calls } = scripted({ body: rows });
  expect(await linkMetrics(orchestrators)({ host: HOST, interval }, context)).toEqual({
    status: 200,
    body: [
      { linkId: 9001, bytesTx: 5, link: { edgeId: 701, host: HOST } },
      { linkId: 9002, link: { host: HOST } },
    ],
  });
  expect(calls).toEqual([{ method: "monitoring/getAggregateEdgeLinkMetrics", body: { interval } }]);
});

test.each([{ rows: [] }, ["row"], null])("%j is no good answer", async (body) => {
  const { orchestrators } = scripted({ body });
  expect(await linkMetrics(orchestrators)({ host: HOST, interval }, context)).toMatchObject({ status: 500 });
});
