import { expect, test } from "vitest";
import { requestPrediction, saveAutomationMetrics, saveLiveAutomationMetrics } from "./t7.ts";

const rows = [{ Asset: "VC9990001", SLA: 1, DetailID: null }];

test("a request for predictions keeps the rows as Bruin wrote them", () => {
  const body = { ticket_id: 7001, ticket_rows: rows, assets_to_predict: ["VC9990001"] };
  expect(requestPrediction.body.parse({ ...body, ticket_id: "7001" })).toEqual(body);
});

test.each([
  { ticket_id: 0, ticket_rows: rows, assets_to_predict: ["VC9990001"] },
  { ticket_id: 7001, ticket_rows: [], assets_to_predict: ["VC9990001"] },
  { ticket_id: 7001, ticket_rows: ["VC9990001"], assets_to_predict: ["VC9990001"] },
  { ticket_id: 7001, ticket_rows: rows, assets_to_predict: [] },
])("%j is none", (body) => {
  expect(requestPrediction.body.safeParse(body).success).toBe(false);
});

test("a history may be empty when it is saved", () => {
  expect(saveAutomationMetrics.body.parse({ ticket_id: 7001, ticket_rows: [] })).toBeTruthy();
  expect(saveAutomationMetrics.body.safeParse({ ticket_id: 7001 }).success).toBe(false);
});

test("whether a task was automated is said with a boolean", () => {
  const body = { ticket_id: 7001, asset_id: "VC9990001", automated_successfully: false };
  expect(saveLiveAutomationMetrics.body.parse(body)).toEqual(body);
  expect(saveLiveAutomationMetrics.body.safeParse({ ...body, automated_successfully: "no" }).success).toBe(false);
});

test("a missing key is complained about in the words that requesters know", () => {
  expect(requestPrediction.complaints.missingKey).toBe(
    'You must specify {.."body": {"ticket_id", "ticket_rows", "assets_to_predict"}..} in the request',
  );
});

test("an asset has predictions or an error", () => {
  const assets = [
    { assetId: "VC9990001", predictions: [{ name: "Repair Completed", probability: 0.91 }] },
    { assetId: "VC9990002", error: { code: "error_in_prediction", message: "no such asset" } },
  ];
  expect(requestPrediction.reply.parse(assets)).toEqual(assets);
});
