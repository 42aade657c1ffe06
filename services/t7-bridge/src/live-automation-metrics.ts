import type { Handler } from "@trunkline/bus";
import type { saveLiveAutomationMetrics } from "@trunkline/contracts";
import { saved } from "./saved.ts";
import type { T7Client } from "./t7-client.ts";

/** Tells T7 whether a task that it predicted could be carried out automatically. */
export function saveLiveMetrics(t7: Pick<T7Client, "saveLiveMetrics">): Handler<typeof saveLiveAutomationMetrics> {
  return ({ ticket_id, asset_id, automated_successfully }, context) =>
    saved(t7.saveLiveMetrics({ ticket_id, asset_id, automated_successfully }, context));
}
