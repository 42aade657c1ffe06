import { slackNotification } from "@trunkline/contracts";
import { byServiceNumber, type MonitoredEdge, type OpenTicket } from "@trunkline/monitor";
import pLimit from "p-limit";
import { massRecoveryMessage, oddTicketMessage } from "../host-messages.ts";
import type { Monitor } from "../monitor.ts";
import type { HostSnapshot } from "../pass/collect.ts";
import { decideAutoResolve, type Resolution } from "./decide-auto-resolve.ts";
import { scheduleResolution } from "./resolve-ticket.ts";

/** Jobs that are put down at once. */
const CONCURRENCY = 16;

/**
 * Has the tickets of healthy edges resolved where that is not for people to do.
 *
 * `quiet`: Slack is not told of each.
 *
 * @throws CallFailed when the tickets cannot be listed
 */
export async function resolveHealthy(
  monitor: Monitor,
  healthy: readonly MonitoredEdge[],
  { snapshot, quiet = false }: { readonly snapshot: HostSnapshot; readonly quiet?: boolean },
): Promise<void> {
  const { host, takenAt, tickets } = snapshot;
  const clients = new Set(healthy.map(({ cached }) => cached.bruin_client_info.client_id));
  if (clients.size === 0) return;
  const ticketBySerial = byServiceNumber(await tickets.ofClients(clients));
  const decided: { readonly edge: MonitoredEdge; readonly resolution: Resolution }[] = [];
  for (const edge of healthy) {
    const ticket = ticketBySerial.get(edge.status.serial);
    const resolution = ticket && (await look(monitor, edge, ticket));
    if (resolution !== undefined) decided.push({ edge, resolution });
  }
  const isMass = decided.length >= monitor.settings.summaryFrom;
  const limit = pLimit(CONCURRENCY);
  await limit.map(decided, ({ edge, resolution }) =>
    scheduleResolution(monitor, edge, { ...resolution, quiet: quiet || isMass }),
  );
  if (isMass) {
    const message = massRecoveryMessage(host, decided.length, monitor.settings);
    await monitor.bus.publish(
      slackNotification,
      { message },
      { messageId: `recovery/${host}/${takenAt.toISOString()}` },
    );
  }
}

/** A ticket that cannot be judged stops no other, and is told of once. */
async function look(
  { clock, settings, logger, bus, troubles }: Monitor,
  edge: MonitoredEdge,
  ticket: OpenTicket,
): Promise<Resolution | undefined> {
  const { serial } = edge.status;
  const { ticketID: ticketId } = ticket.ticket;
  try {
    const verdict = decideAutoResolve({ edge, ticket, now: clock.now(), settings });
    if ("resolve" in verdict) return verdict.resolve;
    logger.debug({ serial, ...verdict }, "a ticket is left to people");
  } catch (error) {
    await troubles.met(`odd ticket ${ticketId} of ${serial}`, error, () =>
      bus.publish(slackNotification, { message: oddTicketMessage(ticketId, serial) }),
    );
  }
  return undefined;
}
