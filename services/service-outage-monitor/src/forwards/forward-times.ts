import { faultyLinks, isBusinessGrade, isLinkOutage, isSiteDay } from "@trunkline/sdwan";
import type { Outage } from "../outage.ts";
import type { Settings } from "../settings.ts";

/** When people get the tasks of an outage's ticket if it has not healed by then. */
export interface ForwardTimes {
  /** The edge's own task: to the network operations centre. */
  readonly hnoc: Date;
  /** Its lines' tasks: to the workers, who are there by day. */
  readonly worker: Date;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * An edge that is down, or a link that the customer pays extra for, goes to people at once; another link has the time
 * to heal that auto-resolve gives it. Workers are not woken: at night their tasks wait until the site's morning.
 */
export function forwardTimes(
  outage: Pick<Outage, "outageType" | "status" | "cached">,
  now: Date,
  { autoResolve, businessGrade }: Pick<Settings, "autoResolve" | "businessGrade">,
): ForwardTimes {
  const { dayHours, graceMs } = autoResolve;
  const tzOffset = outage.cached.site_details?.tzOffset ?? null;
  // Where nobody knows the site's hours it is always day.
  const isDay = tzOffset === null || isSiteDay(now, tzOffset, dayHours);
  const isUrgent = !isLinkOutage(outage.outageType) || isOfBusinessGrade(outage, businessGrade);
  const after = (milliseconds: number) => new Date(now.getTime() + milliseconds);
  const patience = isDay ? graceMs.day : graceMs.night;
  const hnoc = after(isUrgent ? MINUTE_MS : patience);
  if (!isDay) return { hnoc, worker: after(untilMorning(now, tzOffset, dayHours.startHour)) };
  return { hnoc, worker: after(isUrgent ? MINUTE_MS : patience) };
}

function isOfBusinessGrade(
  { cached, status }: Pick<Outage, "status" | "cached">,
  { hosts, labels }: Settings["businessGrade"],
): boolean {
  return hosts.includes(cached.edge.host) && faultyLinks(status).some(({ label }) => isBusinessGrade(label, labels));
}

/** Milliseconds, in whole minutes. */
function untilMorning(now: Date, tzOffset: number, startHour: number): number {
  const local = new Date(now.getTime() + tzOffset * HOUR_MS);
  const morning = new Date(local);
  morning.setUTCHours(startHour, 0, 0, 0);
  if (morning <= local) morning.setUTCDate(morning.getUTCDate() + 1);
  return Math.floor((morning.getTime() - local.getTime()) / MINUTE_MS) * MINUTE_MS;
}
