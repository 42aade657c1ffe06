import { parseWireDate, type TicketNote } from "@trunkline/contracts";
import { CLOCK_SKEW_MS } from "./recovery.ts";

/** A note as somebody wanted it written. */
export interface WantedNote {
  readonly text: string;
  /** None: for the whole ticket. */
  readonly serviceNumbers: readonly string[];
}

/** Whether a ticket's note is the wanted one, written since the first attempt at it. */
export function isTheNote(note: TicketNote, wanted: WantedNote, firstAttemptAt: Date): boolean {
  const createdAt = parseWireDate(note.createdDate ?? "")?.getTime();
  return (
    (createdAt === undefined || createdAt >= firstAttemptAt.getTime() - CLOCK_SKEW_MS) &&
    sameText(note.noteValue, wanted.text) &&
    sameLines(note.serviceNumber, wanted.serviceNumbers)
  );
}

/** Bruin trims notes and may change their line ends. */
function sameText(found: string | null, wanted: string): boolean {
  return found !== null && normalised(found) === normalised(wanted);
}

function normalised(text: string): string {
  return text.replaceAll("\r\n", "\n").trim();
}

/** A note for no line in particular is listed without lines, or with all of them. */
function sameLines(found: readonly (string | null)[] | null, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true;
  const lines = new Set(found);
  return lines.size === new Set(wanted).size && wanted.every((line) => lines.has(line));
}
