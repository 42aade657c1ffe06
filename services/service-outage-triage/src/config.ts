import { integer, list, seconds, text, url } from "@trunkline/service";

/** The triage's own variables, named as in the existing fleet. */
export const config = {
  TRIAGE__MONITORED_VELOCLOUD_HOSTS: list()
    .refine((hosts) => hosts.length > 0)
    .describe("Orchestrators whose edges' tickets are kept explained, as a JSON list"),
  MONITORED_PRODUCT_CATEGORY: text().default("SD-WAN").describe("Bruin's product category of the tickets to look at"),
  BRUIN_TICKET_URL: url().describe(
    "Where people read a ticket, such as https://bruin.example.net/t; its number follows after a slash",
  ),
  TRIAGE__MONITORING_JOB_INTERVAL: integer({ min: 1 })
    .default(600)
    .describe("seconds between two looks at a host's tickets"),
  TRIAGE__LAST_NOTE_INTERVAL: seconds()
    .default(3600)
    .describe("seconds after a triage note until newer events are written down"),
  TRIAGE__MAX_EVENTS_PER_EVENT_NOTE: integer({ min: 1 }).default(15).describe("events in one note"),
  TRIAGE__SUMMARY_FROM: integer({ min: 1 })
    .default(25)
    .describe("so many notes of one pass, or more, are told to Slack in one message instead of one each"),
};
