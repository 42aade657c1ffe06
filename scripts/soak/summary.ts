import type { SoakResult } from "./day.ts";

/** What a day held and what came of it, in numbers. */
export function summaryOf(result: SoakResult, about: Readonly<Record<string, number>>): Record<string, number> {
  const { plan, found, expected, differences, losses, slackMessages, slackDoubles, kills, lostCalls, repeats } = result;
  const texts = found.flatMap(({ entries }) => entries.map(({ text }) => text));
  const count = (pattern: RegExp) => texts.filter((text) => pattern.test(text)).length;
  const sum = (lists: readonly (readonly string[])[]) => lists.reduce((total, list) => total + list.length, 0);
  return {
    ...about,
    networkEvents: plan.events.filter((event) => "edge" in event).length,
    personalActions: plan.events.filter((event) => "serial" in event).length,
    looks: plan.events.filter(({ kind }) => kind === "pass" || kind === "triage").length,
    looksWhileAway: plan.events.filter((event) => "away" in event).length,
    kills,
    lostCalls,
    repeats,
    expectedTickets: expected.length,
    tickets: found.length,
    triageNotes: count(/^triage note/),
    reopeningNotes: count(/^re-opening note/),
    eventNotes: count(/ events on /),
    severities: count(/^severity/),
    forwards: count(/moved to/),
    resolutions: count(/^resolved note on VC/),
    reboots: count(/^reboot of/),
    mails: count(/^mail/),
    slackMessages,
    slackDoubles,
    losses: losses.length,
    entries: texts.length,
    missing: sum(differences.map(({ missing }) => missing)),
    surplus: sum(differences.map(({ surplus }) => surplus)),
    differences: differences.length,
  };
}
