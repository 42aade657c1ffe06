import type { World } from "../../world/world.ts";
import type { ReceivedCall } from "../grpc-server.ts";
import { predictionOf } from "./predictions.ts";

interface TicketRequest {
  readonly ticket_id: number;
  readonly ticket_rows: readonly object[];
}

/** What KRE answers to a call of its interface. The server has read the message by its description already. */
export function answerOf(world: World, { path, message }: Pick<ReceivedCall, "path" | "message">): object {
  switch (path) {
    case "/entrypoint.Entrypoint/Prediction":
      return predict(world, message as TicketRequest & { readonly assets_to_predict: readonly string[] });
    case "/entrypoint.Entrypoint/SaveMetrics":
      return saveMetrics(world, message as TicketRequest);
    default:
      return saveLiveMetrics(world, message as LiveRequest);
  }
}

function predict(
  world: World,
  { ticket_id, assets_to_predict }: TicketRequest & { readonly assets_to_predict: readonly string[] },
) {
  const asset_predictions = assets_to_predict.map((asset) => predictionOf(world, ticket_id, asset));
  return { success: true, message: `Predicted ${asset_predictions.length} assets`, ticket_id, asset_predictions };
}

function saveMetrics({ training }: World, { ticket_id, ticket_rows }: TicketRequest) {
  training.metrics.add({ ticketId: ticket_id, rows: ticket_rows });
  return { message: `Saved ${ticket_rows.length} metrics` };
}

interface LiveRequest {
  readonly ticket_id: number;
  readonly asset_id: string;
  readonly automated_successfully: boolean;
}

function saveLiveMetrics({ training }: World, { ticket_id, asset_id, automated_successfully }: LiveRequest) {
  training.live.add({ ticketId: ticket_id, asset: asset_id, automatedSuccessfully: automated_successfully });
  return { message: "Metric saved successfully" };
}
