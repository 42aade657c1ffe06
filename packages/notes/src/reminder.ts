import { ownLines, signed } from "./watermark.ts";

const TITLE = "Client Reminder";

/** Says that the customer was told, or told again, that the circuit which they bring is down. */
export function renderReminder(): string {
  return signed([TITLE]);
}

export function isReminder(text: string): boolean {
  return ownLines(text)?.[0]?.startsWith(TITLE) === true;
}
