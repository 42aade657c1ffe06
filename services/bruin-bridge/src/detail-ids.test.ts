import { expect, test } from "vitest";
import { listDetailIds } from "./detail-ids.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

test("details of interfaces come from the second version of Bruin's API", async () => {
  const bruin = await scriptedBruin({ body: [8802, 8803] });
  const lines = { ticket_id: 7, detail_id: 8, interfaces: ["GE1", "GE2"] };
  expect(await listDetailIds(bruin.client)(lines, requestContext())).toEqual({ status: 200, body: [8802, 8803] });
  const [call] = bruin.calls;
  expect(decodeURIComponent(call?.url ?? "")).toBe("/api/Ticket/7/details/8/detailids?interfaces=GE1,GE2");
  expect(call?.headers).toMatchObject({ "api-version": "2.0", authorization: "Bearer token-1" });
});
