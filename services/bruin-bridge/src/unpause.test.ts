import { expect, test } from "vitest";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";
import { unpauseDetail } from "./unpause.ts";

test.each([
  [{ service_number: "VC1" }, { serviceNumber: "VC1" }],
  [{ detail_id: 8, service_number: null }, { DetailId: 8 }],
  [
    { service_number: "VC1", detail_id: 8 },
    { serviceNumber: "VC1", DetailId: 8 },
  ],
])("the detail of %j is named as Bruin spells it", async (names, body) => {
  const bruin = await scriptedBruin({ body: "Success" });
  expect(await unpauseDetail(bruin.client)({ ticket_id: 7, ...names }, requestContext())).toMatchObject({
    status: 200,
  });
  expect(bruin.calls).toMatchObject([{ method: "POST", url: "/api/Ticket/7/detail/unpause", body }]);
});
