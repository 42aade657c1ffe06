import { ownLines } from "./watermark.ts";

/** Says that the automation rebooted the DiGi modem behind an interface. */
export interface DigiRebootNote {
  readonly serial: string;
  readonly interface: string;
}

/** @returns null when the text is no such note */
export function parseDigiReboot(text: string): DigiRebootNote | null {
  const [title = "", second = ""] = ownLines(text) ?? [];
  const serial = /^Offline DiGi interface .*?for serial:\s*(\S+)/.exec(title)?.[1];
  const name = /^Interface:\s*(.+?)\s*$/.exec(second)?.[1];
  return serial === undefined || name === undefined ? null : { serial, interface: name };
}
