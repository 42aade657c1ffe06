import type { Writing } from "@trunkline/service";
import { summaryOf } from "./folded-alerts.ts";

/** What the notifier says in its own name; everything else it passes on as it came. */
export const writings: readonly Writing[] = [
  {
    title: "A message that was repeated",
    where: "Slack",
    when:
      "Messages came that equal one which was posted less than `SLACK_FOLD_SECONDS` before: told once at the end of that " +
      "time, and of each such time that follows, in place of the repetitions.",
    example: () =>
      summaryOf("Tickets of vco1.example.net cannot be read.", { count: 11, since: new Date("2026-03-02T15:00:21Z") }),
  },
];
