import { json, seconds } from "@trunkline/service";
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
};
