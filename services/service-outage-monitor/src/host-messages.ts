import { answerText, CACHE_IS_BEING_BUILT, type CallFailed, escaped } from "@trunkline/monitor";
import { noteTime } from "@trunkline/notes";
import type { Voice } from "./messages.ts";

/** A host could not be looked at; it is told once for as long as that lasts. */
export function blindMessage(host: string, error: CallFailed): string {
  const place = escaped(host);
  if (error.status === CACHE_IS_BEING_BUILT) {
    return `Outages on ${place} are not watched yet: the customer cache is still being built. It begins by itself.`;
  }
  return (
    `The outage monitor is blind on ${place}: ${answerText(error)}. ` +
    "No new outage is noticed there until it answers; every pass tries again."
  );
}

/** Many edges went down together. */
export function massOutageMessage(
  found: {
    readonly host: string;
    readonly since: string;
    readonly edges: number;
    readonly stillDown: readonly { readonly outageType: string; readonly clientName: string | null }[];
  },
  { ticketUrl, timeZone }: Voice,
): string {
  const { host, since, edges, stillDown } = found;
  const types = mostFirst(stillDown.map(({ outageType }) => outageType));
  const clients = mostFirst(stillDown.map(({ clientName }) => escaped(clientName ?? "unknown customers")));
  return [
    `*Mass outage* on ${escaped(host)}: ${edges} edges went down at ${noteTime(new Date(since), timeZone)} or a little earlier, ${stillDown.length} are still down.`,
    `What: ${types.map(([type, count]) => `${count} ${type}`).join(", ")}. Whose: ${shortened(clients)}.`,
    `Each gets its ticket with note and severity, of which Slack does not hear singly: ${ticketUrl}`,
  ].join("\n");
}

/** Many edges have healed together. */
export function massRecoveryMessage(host: string, count: number, { ticketUrl }: Voice): string {
  return `${count} outages on ${escaped(host)} are over: their tickets are being auto-resolved, of which Slack does not hear singly. ${ticketUrl}`;
}

/** A ticket whose data the monitor cannot make sense of; told once for the same ticket. */
export function oddTicketMessage(ticketId: number, serial: string): string {
  return `Ticket ${ticketId} is not auto-resolved for ${serial}: its data is not understood (see the log).`;
}

/** Edges whose data the monitor cannot make sense of; told once for the same edges. */
export function oddEdgesMessage(host: string, serials: readonly string[]): string {
  const shown = serials.slice(0, 10).join(", ");
  const more = serials.length > 10 ? ` and ${serials.length - 10} more` : "";
  return `Not monitored on ${escaped(host)}, because their data is not understood (see the log): ${shown}${more}.`;
}

function mostFirst(values: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one);
}

function shortened(counts: readonly (readonly [string, number])[]): string {
  const shown = counts.slice(0, 5).map(([name, count]) => `${name} (${count})`);
  const others = counts.length - shown.length;
  return `${shown.join(", ")}${others > 0 ? ` and ${others} other customers` : ""}`;
}
