import { expect, test } from "vitest";
import { gatewayMetrics } from "./gateway-metrics.ts";
import { context, HOST, scripted } from "./testing/scripted-orchestrator.ts";

const interval = { start: "2022-06-03T09:00:00.000001Z", end: "2022-06-03T10:00:00.000001Z" };

const ask = async (answer: Parameters<typeof scripted>[0]) => {
  const { orchestrators, calls } = scripted(answer);
  const body = { host: HOST, gateway_id: 5, interval, metrics: ["tunnelCount"] };
  return { reply: await gatewayMetrics(orchestrators)(body, context), calls };
};

test("summaries are handed on as they are", async () => {
  const summaries = { tunnelCount: { min: 310, max: 420, average: 402.5, total: 4830 } };
  const { reply, calls } = await ask({ body: summaries });
  expect(reply).toEqual({ status: 200, body: summaries });
  expect(calls).toEqual([
    { method: "metrics/getGatewayStatusMetrics", body: { gatewayId: 5, interval, metrics: ["tunnelCount"] } },
  ]);
});

test.each([
  [
    { status: 400, body: { error: { message: "bad" } } },
    400,
    `Got 400 from Velocloud -> bad for gateway 5 and host ${HOST}`,
  ],
  [{ status: 404, body: { any: 1 } }, 404, { any: 1 }],
  [{ body: [] }, 500, "Got an unexpected answer from Velocloud"],
])("%j is refused with %i", async (answer, status, body) => {
  expect((await ask(answer)).reply).toEqual({ status, body });
});
