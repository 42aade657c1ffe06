import { byServiceNumber, type MonitoredEdge } from "@trunkline/monitor";
import pLimit from "p-limit";
import type { HostSnapshot } from "./collect.ts";
import { decideAutoResolve } from "./decide-auto-resolve.ts";
import type { Monitor } from "./monitor.ts";
import { scheduleResolution } from "./resolve-ticket.ts";

/** Jobs that are put down at once. */
const CONCURRENCY = 16;

/**
 * Has the tickets of healthy edges resolved where that is not for people to do.
 *
 * @throws CallFailed when the tickets cannot be listed
 */
export async function resolveHealthy(
  monitor: Monitor,
  healthy: readonly MonitoredEdge[],
  { tickets }: HostSnapshot,
): Promise<void> {
  const clients = new Set(healthy.map(({ cached }) => cached.bruin_client_info.client_id));
  if (clients.size === 0) return;
  const ticketBySerial = byServiceNumber(await tickets.ofClients(clients));
  const now = monitor.clock.now();
  const documented = healthy.flatMap((edge) => {
    const ticket = ticketBySerial.get(edge.status.serial);
    return ticket === undefined ? [] : [{ edge, ticket }];
  });
  const limit = pLimit(CONCURRENCY);
  await limit.map(documented, async ({ edge, ticket }) => {
    const verdict = decideAutoResolve({ edge, ticket, now, settings: monitor.settings });
    if ("resolve" in verdict) await scheduleResolution(monitor, edge, verdict.resolve);
    else monitor.logger.debug({ serial: edge.status.serial, ...verdict }, "a ticket is left to people");
  });
}
