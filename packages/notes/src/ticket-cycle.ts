import { parseWireDate, type TicketNote } from "@trunkline/contracts";
import { parseAutoResolve } from "./auto-resolve.ts";
import { parseDigiReboot, WIRELESS_QUEUE } from "./digi-reboot.ts";
import { joinPages } from "./pages.ts";
import { isReminder } from "./reminder.ts";
import { type DocumentedOutage, isReopening, parseTriage } from "./triage.ts";

/** What the notes of a ticket tell about some of its service numbers since it was opened or last re-opened. */
export interface TicketCycle {
  /** The note that explains the outage; null when there is none. */
  readonly documented: DocumentedOutage | null;
  /** When the cycle began with a re-opening; null in a ticket's first cycle. */
  readonly reopenedAt: Date | null;
  /** Reboots of DiGi modems, in order. */
  readonly reboots: readonly { readonly interface: string; readonly at: Date | null }[];
  /** Whether a modem that a reboot did not bring back was handed to the people who look after them. */
  readonly movedToWireless: boolean;
  /** When the customer was last told about their own circuit; null when never. */
  readonly remindedAt: Date | null;
  /** When the first note of the cycle was written; null when there is none with a date. */
  readonly beganAt: Date | null;
}

interface DatedText {
  readonly text: string;
  readonly at: Date | null;
}

/** Bruin promises no order and writes dates with changing offsets, so notes are put in order by their moment. */
export function currentCycle(notes: readonly TicketNote[], serviceNumbers: ReadonlySet<string>): TicketCycle {
  const dated = notes
    .flatMap((note) => datedText(note, serviceNumbers))
    .sort((one, other) => (one.at?.getTime() ?? 0) - (other.at?.getTime() ?? 0));
  const start = dated.findLastIndex(({ text }) => isReopening(text));
  const cycle = start === -1 ? dated : dated.slice(start);
  const texts = joinPages(cycle.map(({ text }) => text));
  return {
    documented: firstDocumented(texts),
    reopenedAt: dated[start]?.at ?? null,
    reboots: cycle.flatMap(rebootOf),
    movedToWireless: cycle.some(({ text }) => text.includes(WIRELESS_QUEUE)),
    remindedAt: cycle.findLast(({ text, at }) => at !== null && isReminder(text))?.at ?? null,
    beganAt: cycle.find(({ at }) => at !== null)?.at ?? null,
  };
}

function rebootOf({ text, at }: DatedText): TicketCycle["reboots"] {
  const reboot = parseDigiReboot(text);
  return reboot === null ? [] : [{ interface: reboot.interface, at: at ?? reboot.writtenAt }];
}

function firstDocumented(texts: readonly string[]): DocumentedOutage | null {
  for (const text of texts) {
    const documented = parseTriage(text);
    if (documented !== null) return documented;
  }
  return null;
}

function datedText(
  { noteValue, serviceNumber, createdDate }: TicketNote,
  serviceNumbers: ReadonlySet<string>,
): DatedText[] {
  if (noteValue === null) return [];
  const isRelevant = serviceNumber?.some((number) => number !== null && serviceNumbers.has(number)) === true;
  // That a reboot failed is written for the ticket as a whole.
  if (!isRelevant && !((serviceNumber ?? []).length === 0 && noteValue.includes(WIRELESS_QUEUE))) return [];
  return [{ text: noteValue, at: parseWireDate(createdDate ?? "") ?? null }];
}

/** How often the automation has resolved an edge's detail in this ticket. */
export function autoResolvesOf(serial: string, notes: readonly TicketNote[]): number {
  return notes.filter(({ noteValue }) => {
    const note = parseAutoResolve(noteValue ?? "");
    return note?.about === "serial" && note.serviceNumber === serial;
  }).length;
}
