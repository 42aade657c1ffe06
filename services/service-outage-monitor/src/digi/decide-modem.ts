import type { TicketCycle } from "@trunkline/notes";

/** What to do about a DiGi modem whose link is still down although its ticket is there. */
export type ModemVerdict =
  /** It was never rebooted, or the reboot gets its time, or people have it. */
  | "wait"
  | "reboot"
  /** The reboot did not help. */
  | "hand over";

/**
 * A modem that was rebooted and is still down after the grace goes to people, once. One whose neighbour was rebooted
 * earlier gets its own reboot. Without any reboot in the ticket's present cycle none is begun here: that happens when
 * the ticket is opened.
 */
export function decideModem(
  name: string,
  { reboots, movedToWireless }: Pick<TicketCycle, "reboots" | "movedToWireless">,
  { now, graceMs }: { readonly now: Date; readonly graceMs: number },
): ModemVerdict {
  const own = reboots.findLast((reboot) => reboot.interface === name);
  const latest = own ?? reboots.at(-1);
  if (latest === undefined) return "wait";
  // A note without a date is older than any grace.
  if (latest.at !== null && now.getTime() - latest.at.getTime() < graceMs) return "wait";
  if (own === undefined) return "reboot";
  return movedToWireless ? "wait" : "hand over";
}
