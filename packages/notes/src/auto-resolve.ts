import { noteTime, parseNoteTime } from "./note-time.ts";
import { ownLines, signed } from "./watermark.ts";

/** Says that the automation resolved a detail because the outage is over. */
export interface AutoResolveNote {
  /** An edge's detail by its serial, or a line's by its WTN. Only the former count towards the limit per ticket. */
  readonly about: "serial" | "line";
  readonly serviceNumber: string;
  readonly writtenAt: Date;
}

export function renderAutoResolve(note: AutoResolveNote, timeZone: string): string {
  return signed([
    `Auto-resolving detail for ${note.about}: ${note.serviceNumber}`,
    `TimeStamp: ${noteTime(note.writtenAt, timeZone)}`,
  ]);
}

/** @returns null when the text is no such note; `writtenAt` is null where it holds no readable time */
export function parseAutoResolve(
  text: string,
): (Omit<AutoResolveNote, "writtenAt"> & { writtenAt: Date | null }) | null {
  const [title = "", time = ""] = ownLines(text) ?? [];
  const match = /^Auto-resolving detail for (serial|line):\s*(.*?)\s*$/.exec(title);
  if (match === null) return null;
  const [, about, serviceNumber = ""] = match;
  return {
    about: about === "line" ? "line" : "serial",
    serviceNumber,
    writtenAt: parseNoteTime(/^TimeStamp:\s*(.+?)\s*$/.exec(time)?.[1]),
  };
}
