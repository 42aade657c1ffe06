import type { Writing } from "@trunkline/service";
import { beginningOf, endOf } from "./alertmanager-notice.ts";
import { type Alert, alertsOf } from "./decide-alerts.ts";
import type { Word } from "./on-call.ts";
import { beginningWord, endWord } from "./words.ts";

const now = new Date("2026-03-02T15:00:21.000Z");
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

/** One of each trouble that the service notices by itself. */
const [down, overdue, dead] = alertsOf(
  {
    now,
    alive: new Map([["bruin-bridge", before(3)]]),
    succeeded: new Map([["service-outage-monitor:outage-pass:vco1.example.net", before(61)]]),
    deadLetters: new Map([["notification.email.request", { count: 2, grewAt: before(1) }]]),
  },
  {
    serviceSilence: 120_000,
    withoutRun: new Map([["service-outage-monitor", 3_600_000]]),
    quietAfterDeadLetters: 3_600_000,
  },
) as [Alert, Alert, Alert];

/** As Alertmanager posts it, with what a rule under `deploy/prometheus/rules` says. */
const noticed = {
  status: "firing",
  fingerprint: "c0ffee",
  startsAt: now.toISOString(),
  labels: { alertname: "NameOfTheRule", severity: "critical" },
  annotations: {
    summary: "The summary of the rule",
    description: "The description of the rule.",
    runbook_url: "docs/runbooks/NameOfTheRule.md",
  },
} as const;

const told: readonly { readonly title: string; readonly when: string; readonly words: readonly [Word, Word] }[] = [
  {
    title: "A service is down",
    when: "No replica of a service has been ready for `ALERTS__LONGEST_SILENCE_OF_A_SERVICE`.",
    words: [beginningWord(down), endOfTrouble(down)],
  },
  {
    title: "No pass has finished",
    when: "No run of a service's schedule has succeeded for as long as `ALERTS__LONGEST_TIME_WITHOUT_A_RUN` allows it.",
    words: [beginningWord(overdue), endOfTrouble(overdue)],
  },
  {
    title: "Messages cannot be processed",
    when: "There are new dead letters on a subject. It is over after `ALERTS__QUIET_AFTER_DEAD_LETTERS` without another.",
    words: [beginningWord(dead), endOfTrouble(dead)],
  },
  {
    title: "An alert of Prometheus",
    when: "Alertmanager says that a rule fires, or no longer does.",
    words: [beginningOf(noticed), endOf(noticed)],
  },
];

/** What the service tells on-call: on Slack all of it, by SMS what is critical. */
export const writings: readonly Writing[] = told.flatMap(({ title, when, words }) => [
  {
    title,
    where: "Slack",
    when: `${when} Told once when it begins and once when it is over.`,
    example: shown(words, "slack"),
  },
  ...(words[0].severity === "critical"
    ? [
        {
          title,
          where: "SMS" as const,
          when: "The same, to each of `ALERTS__SMS_NUMBERS`.",
          example: shown(words, "sms"),
        },
      ]
    : []),
]);

function endOfTrouble({ since, ...alert }: Alert): Word {
  return endWord({ ...alert, since: since.toISOString() });
}

function shown(words: readonly [Word, Word], channel: "slack" | "sms"): () => string {
  return () => words.map((word) => word[channel]).join("\n\n");
}
