import { answerText, type CallFailed, escaped, placeText, type Whereabouts } from "@trunkline/monitor";
import { noteTime } from "@trunkline/notes";
import type { Settings } from "./settings.ts";

/** Where and in which words people are told. */
type Voice = Pick<Settings, "ticketUrl" | "timeZone">;

export function eventsMessage(
  written: {
    readonly ticketId: number;
    readonly detailId: number;
    readonly place: Whereabouts;
    readonly since: string;
  },
  notes: number,
  { ticketUrl, timeZone }: Voice,
): string {
  const { ticketId, detailId, place, since } = written;
  return [
    `Ticket ${ticketId} (detail ${detailId}) now says what happened on ${placeText(place)}.`,
    `Since ${noteTime(new Date(since), timeZone)}, in ${notes === 1 ? "one note" : `${notes} notes`}.`,
    `${ticketUrl}/${ticketId}`,
  ].join("\n");
}

/** Many tickets are written about at once, as after a mass outage. */
export function summaryMessage(host: string, count: number, { ticketUrl }: Voice): string {
  return (
    `${count} open tickets about edges on ${escaped(host)} are brought up to date: ` +
    `what happened since their last note is appended to each that has news. They are listed at ${ticketUrl}.`
  );
}

/** A host could not be looked at; it is told once for as long as that lasts. */
export function blindMessage(host: string, error: CallFailed): string {
  return (
    `Open tickets on ${escaped(host)} may stay unexplained: ${answerText(error)}. ` +
    "Every pass of the triage tries again."
  );
}

/** A detail whose data is not understood; told once for the same detail. */
export function oddDetailMessage(ticketId: number, serviceNumber: string | null): string {
  return `Ticket ${ticketId} stays unexplained for ${escaped(serviceNumber ?? "a detail")}: its data is not understood (see the log).`;
}
