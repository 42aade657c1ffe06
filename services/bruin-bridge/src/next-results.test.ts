import { expect, test } from "vitest";
import { listNextResults } from "./next-results.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

test("a detail's results come as Bruin gives them", async () => {
  const body = { currentTaskName: "Intake ", nextResults: [{ resultTypeId: 620, resultName: "No Trouble Found" }] };
  const bruin = await scriptedBruin({ body });
  const detail = { ticket_id: 7, detail_id: 8, service_number: "VC1" };
  expect(await listNextResults(bruin.client)(detail, requestContext())).toEqual({ status: 200, body });
  expect(bruin.calls[0]?.url).toBe("/api/Ticket/7/nextresult?ServiceNumber=VC1&DetailId=8");
});
