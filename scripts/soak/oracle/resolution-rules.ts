import { type BruinModel, close, detailOf, isOpen, resolve, writeNote } from "./bruin-model.ts";
import { cycleOf } from "./documentation-rules.ts";
import type { Forwards } from "./forward-rules.ts";
import type { Unit } from "./network-model.ts";
import { isDay } from "./site-time.ts";

const GRACE_MS = { day: 5_400_000, night: 10_800_000 };
const MOST_RESOLUTIONS = 3;

/** What must follow when a unit is found to be well. */
export function resolveHealthy(
  { bruin, forwards }: { bruin: BruinModel; forwards: Forwards },
  unit: Unit,
  at: number,
): void {
  const { serial, edge } = unit;
  const ticket = bruin.tickets.findLast((each) => isOpen(each) && detailOf(each, serial) !== undefined);
  const detail = ticket === undefined ? undefined : detailOf(ticket, serial);
  if (ticket === undefined || detail === undefined) return;
  const lines = edge.links.filter(({ line }) => detailOf(ticket, line) !== undefined);
  const cycle = cycleOf(ticket, serial);
  const outage = cycle.find(({ kind }) => kind === "triage" || kind === "re-opening");
  const isCustomers = outage?.customerOwned === true && detail.queue === "IPA Investigate";
  if (!isCustomers) {
    if (detail.assigned && lines.some(({ ethernet }) => ethernet)) return;
    const reopened = ticket.notes.findLast(({ kind, serials }) => kind === "re-opening" && serials.includes(serial));
    // Bruin dates tickets to the second.
    const since = reopened?.at ?? Math.floor(ticket.openedAt / 1_000) * 1_000;
    if (at - since > (isDay(edge, at) ? GRACE_MS.day : GRACE_MS.night)) return;
    const resolutions = ticket.notes.filter(({ kind, serials }) => kind === "resolved" && serials.includes(serial));
    if (resolutions.length >= MOST_RESOLUTIONS) return;
  }
  if (detail.status !== "I") return;
  const details = lines.map(({ line }) => detailOf(ticket, line)).filter((each) => each !== undefined);
  detail.paused = false;
  resolve(ticket, [detail, ...details], at);
  forwards.cancel(ticket, serial);
  writeNote(ticket, { at, kind: "resolved", serials: [serial] }, `resolved note on ${serial}`);
  // Notes about lines do not count towards the limit.
  for (const { line } of lines) ticket.entries.push({ at, text: `resolved note on ${line}` });
  if (isCustomers) close(ticket, at);
}
