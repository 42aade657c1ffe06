import { z } from "zod";
import { contractsOf } from "./contract.ts";
import { wireId } from "./wire.ts";

const { request } = contractsOf("t7-bridge", "t7_bridge");

const TIMEOUT_SECONDS = 120;
const ticketId = wireId.describe("A Bruin ticket");

/** A row of a ticket's task history under Bruin's own keys, such as `Ticket Entered Date`; unknown keys are ignored. */
const ticketRow = z.record(z.string(), z.unknown());

/** What may be done next about a service number, and how sure the model is, from 0 to 1. */
export const t7Prediction = z.looseObject({ name: z.string(), probability: z.number() });
export type T7Prediction = z.output<typeof t7Prediction>;

/** The predictions for one service number of a ticket, or why there are none. */
export const assetPredictions = z.looseObject({
  assetId: z.string(),
  predictions: z.array(t7Prediction).optional(),
  error: z.looseObject({ code: z.string(), message: z.string() }).optional(),
});
export type AssetPredictions = z.output<typeof assetPredictions>;

export const requestPrediction = request({
  subject: "t7.prediction.request",
  effect: "read",
  timeoutSeconds: TIMEOUT_SECONDS,
  description: "The next best actions for service numbers of a ticket, from the ticket's task history.",
  body: z.looseObject({
    ticket_id: ticketId.refine((number) => number > 0, "expected a ticket's number"),
    ticket_rows: z.array(ticketRow).min(1),
    assets_to_predict: z.array(z.string().min(1)).min(1).describe("Service numbers"),
  }),
  reply: z.array(assetPredictions),
  complaints: mustSpecify("ticket_id", "ticket_rows", "assets_to_predict"),
});

export const saveAutomationMetrics = request({
  subject: "t7.automation.metrics",
  effect: "write",
  timeoutSeconds: TIMEOUT_SECONDS,
  description: "Hands the task history of a closed ticket to the model, which learns from it.",
  body: z.looseObject({ ticket_id: ticketId, ticket_rows: z.array(ticketRow) }),
  reply: z.string().describe("Such as `Saved 1 metrics`"),
  complaints: mustSpecify("ticket_id", "ticket_rows"),
});

export const saveLiveAutomationMetrics = request({
  subject: "t7.live.automation.metrics",
  effect: "write",
  timeoutSeconds: TIMEOUT_SECONDS,
  description: "Tells the model whether a task that it predicted could be carried out automatically.",
  body: z.looseObject({
    ticket_id: ticketId,
    asset_id: z.string().min(1).describe("The service number"),
    automated_successfully: z.boolean(),
  }),
  reply: z.string().describe("Such as `Metric saved successfully`"),
  complaints: mustSpecify("ticket_id", "asset_id", "automated_successfully"),
});

function mustSpecify(...keys: readonly string[]) {
  const complaint = `You must specify {.."body": {${keys.map((key) => `"${key}"`).join(", ")}}..} in the request`;
  return { noBody: complaint, missingKey: complaint };
}
