import { type Handler, ok, refuse } from "@trunkline/bus";
import type { AssetPredictions, requestPrediction } from "@trunkline/contracts";
import { z } from "zod";
import { explainFailure, UNEXPECTED } from "./outcome.ts";
import { shortestFloat } from "./shortest-float.ts";
import type { T7Client } from "./t7-client.ts";
import { ticketRowsOf } from "./ticket-rows.ts";

const assetPrediction = z.object({
  asset: z.string(),
  task_results: z.array(z.object({ name: z.string(), probability: z.number().catch(0) })),
  error: z.object({ code: z.string(), message: z.string() }).nullish(),
});
const prediction = z.object({ asset_predictions: z.array(assetPrediction) });

/** The next best actions for assets of a ticket, in T7's order. */
export function predict(t7: Pick<T7Client, "predict">): Handler<typeof requestPrediction> {
  return async ({ ticket_id, ticket_rows, assets_to_predict }, context) => {
    const converted = ticketRowsOf(ticket_rows);
    if (!converted.ok) return refuse(400, converted.complaint);
    try {
      const answer = await t7.predict({ ticket_id, ticket_rows: converted.rows, assets_to_predict }, context);
      const { success, data } = prediction.safeParse(answer);
      return success ? ok(data.asset_predictions.map(toReply)) : UNEXPECTED;
    } catch (error) {
      return explainFailure(error);
    }
  };
}

/** What requesters get for an asset that T7 says nothing about. */
const NOTHING = { code: "no_prediction", message: "T7 gave neither predictions nor an error" };

/** Predictions go before an error. */
function toReply({ asset, task_results, error }: z.output<typeof assetPrediction>): AssetPredictions {
  if (task_results.length === 0) return { assetId: asset, error: error ?? NOTHING };
  const predictions = task_results.map(({ name, probability }) => ({ name, probability: shortestFloat(probability) }));
  return { assetId: asset, predictions };
}
