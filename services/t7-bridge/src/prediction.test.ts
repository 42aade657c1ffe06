import { expect, test } from "vitest";
import { predict } from "./prediction.ts";
import { context, scripted } from "./testing/scripted-t7.ts";

const request = {
  ticket_id: 7001,
  ticket_rows: [{ Asset: "VC9990001", SLA: 1, DetailID: null }],
  assets_to_predict: ["VC9990001", "VC9990002"],
};
const answer = (...asset_predictions: object[]) => ({ success: true, message: "", ticket_id: 7001, asset_predictions });
const nothing = { task_results: [], error: null };

test("rows are handed on under T7's names, and assets are told in T7's order", async () => {
  const t7 = scripted(
    answer(
      { asset: "VC9990001", task_results: [{ name: "Repair Completed", probability: Math.fround(0.91) }], error: null },
      { asset: "VC9990002", task_results: [], error: { code: "error_in_prediction", message: "x" } },
    ),
  );
  expect(await predict(t7)(request, context)).toEqual({
    status: 200,
    body: [
      { assetId: "VC9990001", predictions: [{ name: "Repair Completed", probability: 0.91 }] },
      { assetId: "VC9990002", error: { code: "error_in_prediction", message: "x" } },
    ],
  });
  expect(t7.asked).toEqual([{ ...request, ticket_rows: [{ asset: "VC9990001", sla: 1 }] }]);
});

test.each([
  ["no assets at all", [], []],
  [
    "an asset without predictions and error",
    [{ ...nothing, asset: "VC9990001" }],
    [{ assetId: "VC9990001", error: { code: "no_prediction", message: expect.any(String) } }],
  ],
  [
    "defaults, which do not travel",
    [{ ...nothing, asset: "", task_results: [{ name: "", probability: 0 }] }],
    [{ assetId: "", predictions: [{ name: "", probability: 0 }] }],
  ],
  [
    "predictions and an error",
    [{ asset: "VC1", task_results: [{ name: "A", probability: 1 }], error: { code: "c", message: "m" } }],
    [{ assetId: "VC1", predictions: [{ name: "A", probability: 1 }] }],
  ],
])("%s is a 200", async (_, predictions, body) => {
  expect(await predict(scripted(answer(...predictions)))(request, context)).toEqual({ status: 200, body });
});

test("a row that T7 could not read is refused, and T7 is not asked", async () => {
  const t7 = scripted(answer());
  const reply = await predict(t7)({ ...request, ticket_rows: [{ SLA: "soon" }] }, context);
  expect(reply).toEqual({ status: 400, body: "body.ticket_rows.0.SLA: expected a whole number of 32 bits" });
  expect(t7.asked).toEqual([]);
});

test.each([{}, null, { asset_predictions: [{}] }])("%j is no answer of T7's", async (odd) => {
  expect(await predict(scripted(odd))(request, context)).toMatchObject({ status: 502 });
});
