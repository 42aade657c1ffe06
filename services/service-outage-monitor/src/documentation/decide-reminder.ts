import type { TicketCycle } from "@trunkline/notes";

/**
 * Whether a customer whose own circuit is still down is told again. The ticket's notes are the clock, so that no
 * restart forgets it; while none has a date, nobody knows how long it has been.
 */
export function isReminderDue(
  { remindedAt, beganAt }: Pick<TicketCycle, "remindedAt" | "beganAt">,
  { now, everyMs }: { readonly now: Date; readonly everyMs: number },
): boolean {
  const since = remindedAt ?? beganAt;
  return since !== null && now.getTime() - since.getTime() > everyMs;
}
