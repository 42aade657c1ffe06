import type { outageForwardDone, ParsedBodyOf } from "@trunkline/contracts";
import type { Monitor } from "../monitor.ts";
import { forwardKeys } from "./forwards.ts";

/** The existing fleet's dispatcher carried out a forward: it is counted, and not put down again. */
export async function noteForward(
  { forwards, metrics, settings }: Pick<Monitor, "forwards" | "metrics" | "settings">,
  told: ParsedBodyOf<typeof outageForwardDone>,
): Promise<void> {
  const { ticket_id: ticketId, serial_number: serial, detail_id: detailId, target_queue, metrics_labels } = told;
  const ticket = { ticketId, serial };
  await forwards.remember(detailId == null ? forwardKeys.hnoc(ticket) : forwardKeys.worker(ticket, detailId));
  // The message does not say on which Orchestrator the edge is; with several it cannot be told.
  const [host = "Unknown", ...others] = settings.hosts;
  metrics.forwardedElsewhere(others.length === 0 ? host : "Unknown", { target_queue, ...metrics_labels });
}
