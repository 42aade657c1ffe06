import { getLinksWithEdgeInfo } from "@trunkline/contracts";
import { CallFailed, exampleVoice, sharedSlackMessages } from "@trunkline/monitor";
import type { Writing } from "@trunkline/service";
import * as hosts from "../host-messages.ts";
import * as messages from "../messages.ts";
import { workQueues } from "../work-queues.ts";
import { exampleEdgeDown, exampleModemDown, exampleOutage } from "./example-outage.ts";

const { ticketId } = exampleVoice;
const place = messages.whereaboutsOf(exampleOutage);
const host = place.host;

type Message = Extract<keyof typeof messages | keyof typeof hosts, `${string}Message`>;

/** One entry for each function that words a message. */
const own = {
  createdMessage: {
    title: "Ticket created",
    when: "The service has opened a ticket. Told before its notes are written.",
    example: () => messages.createdMessage(exampleEdgeDown, ticketId, exampleVoice),
  },
  reopenedMessage: {
    title: "Ticket re-opened",
    when: "The service has taken up a resolved ticket again. When Bruin did so by itself, the ticket alone says it.",
    example: () => messages.reopenedMessage(exampleOutage, ticketId, exampleVoice),
  },
  severityMessage: {
    title: "Severity changed",
    when: "With each change of severity.",
    example: () => messages.severityMessage(exampleOutage, { ticketId, from: 4, to: 3 }, exampleVoice),
  },
  rebootedMessage: {
    title: "Modem rebooted",
    when: "With each reboot of a DiGi modem.",
    example: () => messages.rebootedMessage(exampleModemDown, { ticketId, interface: "GE2" }, exampleVoice),
  },
  handedOverMessage: {
    title: "Modem handed over",
    when: "A reboot did not help and people have the task.",
    example: () => messages.handedOverMessage(exampleModemDown, { ticketId, interface: "GE2" }, exampleVoice),
  },
  remindedMessage: {
    title: "Customer reminded",
    when: "The customer was mailed again about a circuit of their own. The first mail is not told.",
    example: () => messages.remindedMessage(exampleOutage, ticketId, exampleVoice),
  },
  forwardedMessage: {
    title: "Task forwarded",
    when: "An outage has not healed in its time, and the edge's or a line's task was moved to people.",
    example: () => messages.forwardedMessage({ ticketId, queue: workQueues.hnoc, place, detailId: null }, exampleVoice),
  },
  autoResolvedMessage: {
    title: "Ticket auto-resolved",
    when: "With the auto-resolve note.",
    example: () =>
      messages.autoResolvedMessage(
        place,
        { ticketId, outageType: exampleOutage.outageType, outageAt: exampleVoice.now.toISOString() },
        exampleVoice,
      ),
  },
  massOutageMessage: {
    title: "Mass outage",
    when:
      "`MONITORING__SUMMARY_FROM` edges of a host, or more, went down between two passes; told once, after the last " +
      "quarantine. Their tickets and notes are written as always, and Slack does not hear of each.",
    example: () =>
      hosts.massOutageMessage(
        {
          host,
          since: exampleVoice.since,
          edges: 31,
          stillDown: Array.from({ length: 27 }, (_, index) => ({
            outageType: exampleEdgeDown.outageType,
            clientName: index < 20 ? place.clientName : "Northwind Traders",
          })),
        },
        exampleVoice,
      ),
  },
  massRecoveryMessage: {
    title: "Mass recovery",
    when: "So many edges with tickets have healed together.",
    example: () => hosts.massRecoveryMessage(host, 27, exampleVoice),
  },
  blindMessage: {
    title: "A host cannot be read",
    when: "The customer cache or the host's states cannot be read: told once for as long as that lasts.",
    example: () => hosts.blindMessage(host, new CallFailed(getLinksWithEdgeInfo.subject, 503)),
  },
  oddTicketMessage: {
    title: "A ticket is not understood",
    when: "Whether a healthy edge's ticket is to be resolved cannot be judged: told once for the ticket.",
    next: "Somebody has to look: the log says what is odd about it.",
    example: () => hosts.oddTicketMessage(ticketId, place.serial),
  },
  oddEdgesMessage: {
    title: "Edges are not understood",
    when: "The Orchestrator says something of these edges that cannot be judged: told once for the same edges.",
    next: "They get no tickets until it is settled: the log says what is odd about them.",
    example: () => hosts.oddEdgesMessage(host, [place.serial, "VC0500004321"]),
  },
} satisfies Record<Message, Omit<Writing, "where">>;

/** What the service tells Slack. */
export const slackMessages: readonly Writing[] = [
  ...Object.values(own).map((message) => ({ ...message, where: "Slack" as const })),
  ...sharedSlackMessages,
];
