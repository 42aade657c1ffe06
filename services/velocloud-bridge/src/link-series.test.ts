import { expect, test } from "vitest";
import { linkSeries } from "./link-series.ts";
import { context, HOST, scripted } from "./testing/scripted-orchestrator.ts";

const payload = {
  enterpriseId: 12,
  edgeId: 701,
  interval: { start: 1654250400000, end: 1654251300000 },
  metrics: ["bytesRx"],
  limit: 5,
};

test("the payload reaches the Orchestrator as it came, and its series are handed on", async () => {
  const series = [{ linkId: 9001, series: [] }];
  const { orchestrators, calls } = scripted({ body: series });
  expect(await linkSeries(orchestrators)({ host: HOST, payload }, context)).toEqual({ status: 200, body: series });
  expect(calls).toEqual([{ method: "metrics/getEdgeLinkSeries", body: payload }]);
});

test("an answer that is no list is refused", async () => {
  const { orchestrators } = scripted({ body: {} });
  expect(await linkSeries(orchestrators)({ host: HOST, payload }, context)).toMatchObject({ status: 500 });
});
