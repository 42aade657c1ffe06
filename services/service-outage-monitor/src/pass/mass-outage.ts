import { slackNotification } from "@trunkline/contracts";
import type { JobKind } from "@trunkline/jobs";
import { type OutageType, outageTypes } from "@trunkline/sdwan";
import { z } from "zod";
import { massOutageMessage } from "../host-messages.ts";
import type { Monitor } from "../monitor.ts";

const mass = z.object({
  /** Names the mass outage. */
  id: z.string(),
  host: z.string(),
  /** ISO 8601: when a pass saw it first. */
  since: z.iso.datetime(),
  /** Edges that went down together. */
  edges: z.int(),
});
type MassOutage = z.output<typeof mass>;

/** So many edges went down between two passes that people are told of all of them at once. */
export const massOutageJob = { name: "outage-summary", data: mass } satisfies JobKind;

/** An edge that is down, as it counts towards a mass outage. */
export interface DownEdge {
  readonly serial: string;
  readonly outageType: OutageType;
}

/** After the last quarantine of a mass outage, for the rechecks to say what is still down. */
const SETTLING_MS = 30_000;
/** Tickets of a mass outage take a while to open; for so long none of them is told singly. */
const QUIET_SECONDS = 6 * 3600;
const KEPT_SECONDS = 24 * 3600;

const known = ({ prefix }: Monitor, host: string) => `${prefix}:down:${host}`;
const quiet = ({ prefix }: Monitor, host: string) => `${prefix}:quiet:${host}`;
const stillDown = ({ prefix }: Monitor, id: string) => `${prefix}:mass:${id}`;

/**
 * Finds out whether a pass sees a mass outage begin, and sees to it that people hear of it once.
 *
 * @param down every edge of the host that is down now
 * @returns for an edge, the mass outage that it is part of: one that began now, or not long ago; null for none
 */
export async function massOutageAmong(
  monitor: Monitor,
  host: string,
  { down, takenAt }: { readonly down: readonly DownEdge[]; readonly takenAt: Date },
): Promise<(serial: string) => string | null> {
  const { redis, settings, jobs } = monitor;
  const before = new Set(await redis.smembers(known(monitor, host)));
  const quietBefore = new Map(Object.entries(await redis.hgetall(quiet(monitor, host))));
  const fresh = down.filter(({ serial }) => !before.has(serial));
  const isMass = fresh.length >= settings.summaryFrom;
  const id = `${host}/${takenAt.toISOString()}`;
  if (isMass) {
    const quarantineMs = Math.max(...fresh.map(({ outageType }) => settings.quarantineMs[outageType]));
    const dueAt = new Date(takenAt.getTime() + quarantineMs + SETTLING_MS);
    const data = { id, host, since: takenAt.toISOString(), edges: fresh.length };
    await jobs.schedule(massOutageJob, { key: id, dueAt, data });
    for (const { serial } of fresh) quietBefore.set(serial, id);
    const entries = fresh.flatMap(({ serial }) => [serial, id]);
    await redis
      .multi()
      .hset(quiet(monitor, host), ...entries)
      .expire(quiet(monitor, host), QUIET_SECONDS)
      .exec();
  }
  await rememberDown(monitor, host, down);
  return (serial) => quietBefore.get(serial) ?? null;
}

/** Only now: a pass that died before has seen nothing. */
async function rememberDown(monitor: Monitor, host: string, down: readonly DownEdge[]): Promise<void> {
  const key = known(monitor, host);
  const change = monitor.redis.multi().del(key);
  if (down.length > 0) change.sadd(key, ...down.map(({ serial }) => serial)).expire(key, KEPT_SECONDS);
  await change.exec();
}

/** An edge of a mass outage did not come back in its quarantine. */
export async function countStillDown(
  monitor: Monitor,
  id: string,
  edge: DownEdge & { readonly clientName: string | null },
): Promise<void> {
  const key = stillDown(monitor, id);
  const { serial, outageType, clientName } = edge;
  await monitor.redis
    .multi()
    .hset(key, serial, JSON.stringify({ outageType, clientName }))
    .expire(key, KEPT_SECONDS)
    .exec();
}

const counted = z.object({ outageType: z.enum(outageTypes), clientName: z.string().nullable() });

/** Tells people once of everything that is still down. What has healed meanwhile, nobody needs to hear of. */
export async function tellOfMassOutage(monitor: Monitor, found: MassOutage): Promise<void> {
  const entries = Object.values(await monitor.redis.hgetall(stillDown(monitor, found.id)));
  if (entries.length === 0) return;
  const edges = entries.map((entry) => counted.parse(JSON.parse(entry)));
  const message = massOutageMessage({ ...found, stillDown: edges }, monitor.settings);
  await monitor.bus.publish(slackNotification, { message }, { messageId: `mass/${found.id}` });
}
