import type { JobContext, JobKind } from "@trunkline/jobs";
import type { MonitoredEdge } from "@trunkline/monitor";
import { CallFailed } from "@trunkline/monitor";
import { outageTypeOf, outageTypes } from "@trunkline/sdwan";
import { z } from "zod";
import { scheduleDocumentation } from "../documentation/document-outage.ts";
import type { Monitor } from "../monitor.ts";
import { resolveHealthy } from "../resolution/resolve-healthy.ts";
import { countStillDown } from "./mass-outage.ts";

const quarantined = z.object({
  host: z.string(),
  serial: z.string(),
  outageType: z.enum(outageTypes),
  /** ISO 8601: when a pass saw the outage first. */
  since: z.iso.datetime(),
  /** ISO 8601: when the quarantine ends. */
  until: z.iso.datetime(),
  /** The mass outage that it is part of. */
  mass: z.string().nullable(),
});

/** An outage in quarantine; due when it ends. */
export const quarantineJob = { name: "outage-quarantine", data: quarantined } satisfies JobKind;

/** Puts an outage into quarantine, unless it is there already: the first sight of it counts. */
export async function scheduleRecheck(
  { jobs, settings }: Monitor,
  { status, cached }: MonitoredEdge,
  { outageType, since, mass }: Pick<z.output<typeof quarantined>, "outageType" | "mass"> & { readonly since: Date },
): Promise<void> {
  const { host } = cached.edge;
  const dueAt = new Date(since.getTime() + settings.quarantineMs[outageType]);
  await jobs.schedule(quarantineJob, {
    key: `${host}/${status.serial}/${outageType}`,
    dueAt,
    data: { host, serial: status.serial, outageType, since: since.toISOString(), until: dueAt.toISOString(), mass },
  });
}

/**
 * Looks again at the end of a quarantine. What is still in the same outage is documented; what is healthy may have a
 * ticket of an earlier outage to resolve; what is in another outage is left to the next pass.
 *
 * @throws CallFailed when the host cannot be read
 */
export async function recheck(
  monitor: Monitor,
  { host, serial, outageType, since, until, mass }: z.output<typeof quarantined>,
  job: JobContext,
): Promise<void> {
  const snapshot = await monitor.collector.snapshotOf(host, new Date(until));
  const edge = snapshot.edges.get(serial);
  if (edge === undefined) {
    job.logger.info("the edge is not under monitoring any more");
    return;
  }
  job.signal.throwIfAborted();
  const present = outageTypeOf(edge.status);
  if (present === outageType) {
    const clientName = edge.cached.bruin_client_info.client_name;
    if (mass !== null) await countStillDown(monitor, mass, { serial, outageType, clientName });
    const decidedAt = monitor.clock.now();
    await scheduleDocumentation(monitor, edge, { outageType, since, decidedAt, quiet: mass !== null });
  } else if (present === null) {
    await resolveHealthy(monitor, [edge], { snapshot, quiet: mass !== null }).catch(leaveToNextPass);
  } else {
    job.logger.info({ present }, "the outage has become another one");
  }
}

/** Whoever failed to read the tickets has told people. */
function leaveToNextPass(error: unknown): void {
  if (!(error instanceof CallFailed)) throw error;
}
