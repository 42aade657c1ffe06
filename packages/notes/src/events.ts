import { type EdgeEvent, parseWireDate } from "@trunkline/contracts";
import { interfaceOf } from "@trunkline/sdwan";
import { noteTime } from "./note-time.ts";
import { triageTitle } from "./triage.ts";
import { inOneLine, signed } from "./watermark.ts";

export interface EventsNoteOptions {
  readonly timeZone: string;
  /** Events in one note. */
  readonly perNote: number;
}

/** What Bruin takes whole, with room to spare. */
const LONGEST_NOTE = 1450;

/**
 * What has happened on an edge since its ticket was last written about, newest first, in as many notes as it takes.
 * An event whose time cannot be read is left out: nobody could tell when it was.
 */
export function renderEvents(events: readonly EdgeEvent[], { timeZone, perNote }: EventsNoteOptions): string[] {
  const newestFirst = events
    .flatMap((event) => {
      const at = parseWireDate(event.eventTime);
      return at === undefined ? [] : [{ lines: eventLines(event, noteTime(at, timeZone)), at }];
    })
    .sort((one, other) => other.at.getTime() - one.at.getTime());
  const notes: string[] = [];
  for (let start = 0; start < newestFirst.length; ) {
    let count = Math.min(perNote, newestFirst.length - start);
    let note = "";
    do {
      const chunk = newestFirst.slice(start, start + count);
      const oldest = chunk.at(-1);
      const time = oldest === undefined ? "Unknown" : noteTime(oldest.at, timeZone);
      note = signed([triageTitle, "", ...chunk.flatMap(({ lines }) => lines), `Timestamp: ${time}`]);
    } while (note.length > LONGEST_NOTE && --count > 0);
    notes.push(note);
    start += Math.max(1, count);
  }
  return notes;
}

function eventLines(event: EdgeEvent, time: string): string[] {
  return [`New event: ${inOneLine(event.event)}`, `Device: ${deviceOf(event)}`, `Event time: ${time}`, ""];
}

/** An Orchestrator's wording is not ours to insist on: what it does not say is `Unknown`. */
function deviceOf({ category, message }: EdgeEvent): string {
  if (category === "EDGE") return "Edge";
  return `Interface ${inOneLine(interfaceOf(message) ?? "") || "Unknown"}`;
}
