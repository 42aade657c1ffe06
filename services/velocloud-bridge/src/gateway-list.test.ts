import { expect, test } from "vitest";
import { gatewayList } from "./gateway-list.ts";
import { context, HOST, scripted } from "./testing/scripted-orchestrator.ts";

const ask = async (answer: Parameters<typeof scripted>[0]) => {
  const { orchestrators, calls } = scripted(answer);
  return { reply: await gatewayList(orchestrators)({ host: HOST }, context), calls };
};

test("gateways are told by host, id, name and state", async () => {
  const { reply, calls } = await ask({ body: [{ id: 5, name: "vcg1-nyc", gatewayState: "OFFLINE", siteId: 2 }] });
  expect(reply).toEqual({ status: 200, body: [{ host: HOST, id: 5, name: "vcg1-nyc", status: "OFFLINE" }] });
  expect(calls).toEqual([{ method: "network/getNetworkGateways", body: {} }]);
});

test.each([
  [{ status: 400, body: { error: { message: "bad" } } }, 400, `Got 400 from Velocloud -> bad for host ${HOST}`],
  [{ status: 503 }, 500, "Got internal error from Velocloud"],
  [{ body: { gateways: [] } }, 500, "Got an unexpected answer from Velocloud"],
])("%j is refused with %i", async (answer, status, body) => {
  expect((await ask(answer)).reply).toEqual({ status, body });
});
