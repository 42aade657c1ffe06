import { integer, json, list, seconds, text, url } from "@trunkline/service";
import { z } from "zod";

const blacklistedEdge = z.object({ host: z.string(), enterprise_id: z.int(), edge_id: z.int() });

/** The monitor's own variables, named as in the existing fleet. */
export const config = {
  MONITORING__VELOCLOUD_HOST: list()
    .refine((hosts) => hosts.length > 0)
    .describe("Orchestrators to watch: one host name, or several as a JSON list"),
  MONITORED_PRODUCT_CATEGORY: text().default("SD-WAN").describe("Bruin's product category of the tickets to look at"),
  IPA_SYSTEM_USERNAME_IN_BRUIN: text().describe(
    "Display name of the automation's user in Bruin: only tickets that it opened are resolved",
  ),
  BRUIN_TICKET_URL: url().describe(
    "Where people read a ticket, such as https://bruin.example.net/t; its number follows after a slash",
  ),
  UMBRELLA_HOSTS: json(z.record(z.string(), z.string()))
    .default({})
    .describe("Orchestrator host → name that stands in metrics for every client whose name begins with it"),
  METRICS_RELEVANT_CLIENTS: json(z.array(z.string()))
    .default([])
    .describe("Clients that metrics name; all others are counted as Other"),
  DIGI_HEADERS: json(z.array(z.string()))
    .default(["00:04:2d", "00:27:04"])
    .describe("A logical id that holds one of these belongs to a DiGi modem"),
  LINK_LABELS_BLACKLISTED_FROM_HNOC_FORWARDS: json(z.array(z.string()))
    .default(["byob", "customer owned", "client owned", "customer provided", "client provided"])
    .describe("A label that holds one of these, in any case, marks a circuit that the customer brings"),
  TICKET_TASK_IPA_QUEUE_ID: text()
    .default("1327")
    .describe("Bruin's number of the result that moves a task into IPA Investigate"),
  TICKET_TASK_WORKER_QUEUE_ID: text()
    .default("1547")
    .describe("Bruin's number of the result that moves a task into the Dedicated Worker Queue"),
  MONITORING__GRACE_PERIOD_BEFORE_ATTEMPTING_NEW_DIGI_REBOOTS: seconds()
    .default(1800)
    .describe("seconds that a DiGi modem gets to come back after a reboot"),
  MONITORING__WAIT_TIME_BEFORE_SENDING_NEW_MILESTONE_REMINDER: seconds()
    .default(86_400)
    .describe("seconds between two mails to a customer about a circuit of their own that is down"),
  MONITORING__MONITORING_JOB_INTERVAL: integer({ min: 1 }).default(600).describe("seconds between two looks at a host"),
  MONITORING__QUARANTINE_FOR_EDGES_IN_LINK_DOWN_OUTAGE: quarantine("Link Down (no HA)"),
  MONITORING__QUARANTINE_FOR_EDGES_IN_HARD_DOWN_OUTAGE: quarantine("Hard Down (no HA)"),
  MONITORING__QUARANTINE_FOR_EDGES_IN_HA_LINK_DOWN_OUTAGE: quarantine("Link Down (HA)"),
  MONITORING__QUARANTINE_FOR_EDGES_IN_HA_SOFT_DOWN_OUTAGE: quarantine("Soft Down (HA)"),
  MONITORING__QUARANTINE_FOR_EDGES_IN_HA_HARD_DOWN_OUTAGE: quarantine("Hard Down (HA)"),
  MONITORING__BLACKLISTED_EDGES: json(z.array(blacklistedEdge))
    .default([])
    .describe("Edges to leave alone, each by host, enterprise_id and edge_id"),
  MONITORING__SEVERITY_FOR_EDGE_DOWN_OUTAGES: severity()
    .default(2)
    .describe("severity of tickets for edges that are down"),
  MONITORING__SEVERITY_FOR_LINK_DOWN_OUTAGES: severity()
    .default(3)
    .describe("severity of tickets for edges that are up with a link down"),
  MONITORING__AUTORESOLVE_DAY_START_HOUR: integer({ min: 0, max: 23 })
    .default(8)
    .describe("hour at which a site's day begins"),
  MONITORING__AUTORESOLVE_DAY_END_HOUR: integer({ min: 0, max: 24 })
    .default(0)
    .describe("hour at which a site's day ends; at or before its start it lies on the next day"),
  MONITORING__GRACE_PERIOD_TO_AUTORESOLVE_AFTER_LAST_DOCUMENTED_OUTAGE_DAY_TIME: seconds()
    .default(5400)
    .describe("seconds after an outage was written down in which its end resolves the ticket, by day at the site"),
  MONITORING__GRACE_PERIOD_TO_AUTORESOLVE_AFTER_LAST_DOCUMENTED_OUTAGE_NIGHT_TIME: seconds()
    .default(10_800)
    .describe("the same by night"),
  MONITORING__MAX_AUTORESOLVES_PER_TICKET: integer({ min: 0 })
    .default(3)
    .describe("after so many times a person has to look why an edge of a ticket fails again and again"),
  MONITORING__SUMMARY_FROM: integer({ min: 1 })
    .default(25)
    .describe("so many edges that go down or heal between two passes, or more, are told to Slack in one message"),
  MONITORING__BUSINESS_GRADE_LINK_LABELS: json(z.array(z.string()))
    .default(["DIA", "MPLS"])
    .describe("A label that holds one of these, in exactly this case, marks a link of business grade"),
  MONITORING__BUSINESS_GRADE_HOSTS: json(z.array(z.string()))
    .default([])
    .describe("Orchestrators whose links of business grade get their ticket at once, without quarantine"),
};

function quarantine(type: string) {
  return seconds().default(180).describe(`seconds that an edge must stay in ${type} before it gets a ticket`);
}

/** Bruin's: 1 is the highest. */
function severity() {
  return integer({ min: 1, max: 4 });
}
