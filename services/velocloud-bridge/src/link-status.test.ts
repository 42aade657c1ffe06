import { expect, test } from "vitest";
import { linkStatus } from "./link-status.ts";
import { context, HOST, scripted } from "./testing/scripted-orchestrator.ts";

test("every row is handed on with its host", async () => {
  const { orchestrators, calls } = scripted({ body: [{ linkId: 9001 }, { linkId: null, edgeState: null }] });
  expect(await linkStatus(orchestrators)({ host: HOST }, context)).toEqual({
    status: 200,
    body: [
      { linkId: 9001, host: HOST },
      { linkId: null, edgeState: null, host: HOST },
    ],
  });
  expect(calls).toEqual([{ method: "monitoring/getEnterpriseEdgeLinkStatus", body: {} }]);
});

test("a host that is not configured is named and not contacted", async () => {
  const { orchestrators, calls } = scripted({ body: [] });
  expect(await linkStatus(orchestrators)({ host: "169.254.169.254" }, context)).toEqual({
    status: 400,
    body: "Host 169.254.169.254 is not one of the configured Velocloud hosts",
  });
  expect(calls).toEqual([]);
});

test("a good answer that is no list is refused", async () => {
  const { orchestrators } = scripted({ body: { rows: [] } });
  expect(await linkStatus(orchestrators)({ host: HOST }, context)).toMatchObject({ status: 500 });
});
