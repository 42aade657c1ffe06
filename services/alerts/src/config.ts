import { integer, json, list, seconds, secret } from "@trunkline/service";
import { z } from "zod";

/** The alerts' own variables. */
export const config = {
  ALERTS__LONGEST_SILENCE_OF_A_SERVICE: seconds()
    .default(120)
    .describe("seconds without a replica that is ready, after which on-call hears that a service is down"),
  ALERTS__LONGEST_TIME_WITHOUT_A_RUN: json(z.record(z.string(), z.int().positive()))
    .default({ "service-outage-monitor": 3600, "service-outage-triage": 3600 })
    .describe(
      "By service: seconds without a run of one of its schedules that succeeded, after which on-call hears of it",
    ),
  ALERTS__QUIET_AFTER_DEAD_LETTERS: seconds()
    .default(3600)
    .describe("seconds without another dead letter, after which the trouble counts as over"),
  ALERTS__GRACE_AT_START: seconds()
    .default(120)
    .describe("seconds after a start of this service in which nothing is judged: the others may be starting too"),
  ALERTS__SMS_NUMBERS: list(z.string().regex(/^\+?\d{5,15}$/))
    .default([])
    .describe("telephone numbers in E.164 that hear by SMS of what is critical; none: Slack only"),
  ALERTS__WEBHOOK_PORT: integer({ min: 0, max: 65_535 })
    .default(5001)
    .describe("port that Alertmanager posts to, path `/alertmanager`; 0 takes any free one"),
  ALERTS__WEBHOOK_TOKEN: secret(z.string().min(8))
    .optional()
    .describe("what Alertmanager has to show as bearer; without it, nothing is taken from Alertmanager"),
};
