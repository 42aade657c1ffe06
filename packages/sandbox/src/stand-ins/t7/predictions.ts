import { seededRandom } from "../../random.ts";
import { type Detail, detailOf } from "../../world/ticket.ts";
import type { World } from "../../world/world.ts";

/** KRE's `AssetPrediction`. */
export interface AssetPrediction {
  readonly asset: string;
  readonly task_results: readonly { readonly name: string; readonly probability: number }[];
  readonly error?: { readonly code: string; readonly message: string };
}

const COMPLETED = "Repair Completed";
const NAMED = 3;

/**
 * What a model would advise for an asset of a ticket, the same each time it is asked: that the repair is completed
 * where the asset works again, and otherwise one of the work queues that the task may move to.
 */
export function predictionOf({ desk }: World, ticketId: number, asset: string): AssetPrediction {
  const ticket = desk.tickets().find(({ id }) => id === ticketId);
  const detail = ticket && detailOf(ticket, asset);
  if (ticket === undefined || detail === undefined)
    return { asset, task_results: [], error: unknownTask(ticketId, asset) };
  const random = seededRandom(detail.id);
  const queues = shuffled(
    desk.nextResults(detail).map(({ name }) => name),
    random.next,
  );
  const names = isHealthy(detail) ? [COMPLETED, ...queues] : [...queues, COMPLETED];
  const best = 0.8 + 0.17 * random.next();
  return {
    asset,
    task_results: names.slice(0, NAMED).map((name, rank) => ({ name, probability: shareOf(best, rank) })),
  };
}

function unknownTask(ticketId: number, asset: string) {
  return { code: "error_in_prediction", message: `There is no task for ${asset} on ticket ${ticketId}` };
}

/** Each next result is half as likely as what is left for it. */
function shareOf(best: number, rank: number): number {
  return rank === 0 ? best : (1 - best) / 2 ** rank;
}

function isHealthy({ asset: { edge, link } }: Detail): boolean {
  return link === null
    ? edge.state === "CONNECTED" && edge.links.every(({ state }) => state === "STABLE")
    : link.state === "STABLE";
}

function shuffled(names: readonly string[], next: () => number): string[] {
  return names
    .map((name) => ({ name, order: next() }))
    .sort((one, other) => one.order - other.order)
    .map(({ name }) => name);
}
