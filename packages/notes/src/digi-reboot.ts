import { noteTime, parseNoteTime } from "./note-time.ts";
import { inOneLine, ownLines, signed } from "./watermark.ts";

/** Says that the automation rebooted the DiGi modem behind an interface. */
export interface DigiRebootNote {
  readonly serial: string;
  readonly interface: string;
  readonly writtenAt: Date;
}

export function renderDigiReboot(note: DigiRebootNote, timeZone: string): string {
  return signed([
    `Offline DiGi interface identified for serial: ${note.serial}`,
    `Interface: ${inOneLine(note.interface)}`,
    "Automatic reboot attempt started.",
    `TimeStamp: ${noteTime(note.writtenAt, timeZone)}`,
  ]);
}

/** @returns null when the text is no such note; `writtenAt` is null where it holds no readable time */
export function parseDigiReboot(
  text: string,
): (Omit<DigiRebootNote, "writtenAt"> & { readonly writtenAt: Date | null }) | null {
  const [title = "", second = "", ...others] = ownLines(text) ?? [];
  const serial = /^Offline DiGi interface .*?for serial:\s*(\S+)/.exec(title)?.[1];
  const name = /^Interface:\s*(.+?)\s*$/.exec(second)?.[1];
  if (serial === undefined || name === undefined) return null;
  const time = others.flatMap((line) => /^TimeStamp:\s*(.+?)\s*$/.exec(line)?.[1] ?? []).at(0);
  return { serial, interface: name, writtenAt: parseNoteTime(time) };
}

/** The queue of the people who look after modems that a reboot did not bring back. */
export const WIRELESS_QUEUE = "Wireless Repair Intervention Needed";

/** Says that a reboot did not help, and who has the task now. */
export function renderDigiRebootFailed(writtenAt: Date, timeZone: string): string {
  return signed([
    "DiGi reboot failed",
    `Moving task to: ${WIRELESS_QUEUE}`,
    `TimeStamp: ${noteTime(writtenAt, timeZone)}`,
  ]);
}
