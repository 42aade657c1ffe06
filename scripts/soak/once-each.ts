import type { TicketStory } from "./story.ts";

/** An edge that failed once and healed once. */
export interface Trouble {
  readonly serial: string;
  /** Service numbers of the lines that were down. */
  readonly lines: readonly string[];
  readonly severity: number;
}

export interface Tally {
  /** What is there more than once. */
  readonly doubles: readonly string[];
  /** What is not there. */
  readonly missing: readonly string[];
}

/** Everything about one outage is written down once: a ticket, its explanation, its rank, its end. */
export function tally(troubles: readonly Trouble[], stories: readonly TicketStory[], slack: readonly string[]): Tally {
  const doubles: string[] = [];
  const missing: string[] = [];
  const judge = (what: string, count: number) => {
    if (count === 0) missing.push(what);
    if (count > 1) doubles.push(`${what}, ${count} times`);
  };
  for (const { serial, lines, severity } of troubles) {
    const own = stories.filter((story) => story.serial === serial);
    const texts = own.flatMap(({ entries }) => entries.map(({ text }) => text));
    const wanted = [
      "opened",
      `triage note on ${serial}`,
      `severity ${severity}`,
      `${serial} resolved`,
      "ticket resolved",
      `resolved note on ${serial}`,
      ...lines.flatMap((line) => [`${line} moved to IPA Investigate`, `${line} resolved`, `resolved note on ${line}`]),
    ];
    for (const want of wanted) judge(`${serial}: ${want}`, texts.filter((text) => text.startsWith(want)).length);
    const rest = texts.filter((text) => !wanted.some((want) => text.startsWith(want)));
    for (const text of new Set(rest)) judge(`${serial}: ${text}`, rest.filter((each) => each === text).length);
    for (const word of ["created", "resolved"]) {
      judge(`${serial}: Slack, ${word}`, slack.filter((text) => text.includes(serial) && text.includes(word)).length);
    }
  }
  const expected = new Set(troubles.map(({ serial }) => serial));
  doubles.push(
    ...stories.filter(({ serial }) => !expected.has(serial)).map(({ serial }) => `ticket of ${serial}, expected none`),
  );
  return { doubles, missing };
}
