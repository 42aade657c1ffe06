/** The first line of every note of the automation: how people, reports and other programs tell its notes from theirs. */
export const WATERMARK = "#*MetTel's IPA*#";

/** The name that the automation signed with in earlier years; its notes are still on open tickets. */
const EARLIER_WATERMARK = "#*Automation Engine*#";

/** A note of the automation from its lines. */
export function signed(lines: readonly string[]): string {
  return [WATERMARK, ...lines].join("\n").trim();
}

/** The lines below the watermark, or null when somebody else wrote the text. */
export function ownLines(text: string): string[] | null {
  const [first, ...lines] = text.split(/\r?\n/);
  return first === WATERMARK || first === EARLIER_WATERMARK ? lines : null;
}

/** A value of the world outside on a line of its own: a note's layout must survive whatever a label holds. */
export function inOneLine(value: string): string {
  return value.replaceAll(/\s+/g, " ").trim();
}
