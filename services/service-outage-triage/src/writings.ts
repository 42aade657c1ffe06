import { getLinksWithEdgeInfo } from "@trunkline/contracts";
import { CallFailed, exampleEdge, exampleEvents, exampleVoice, sharedSlackMessages } from "@trunkline/monitor";
import { renderEvents, renderTriage, triageNoteOf } from "@trunkline/notes";
import type { Writing } from "@trunkline/service";
import * as messages from "./messages.ts";

const { now, since, ticketId, timeZone } = exampleVoice;
const { status, cached } = exampleEdge;
const { host } = cached.edge;

const ticketNotes: readonly Writing[] = [
  {
    title: "Triage note",
    where: "ticket",
    when:
      "An open outage ticket, whoever opened it, is about an edge that is in an outage now, and holds no triage note or " +
      "note of events about it. Where service-outage-monitor is about to explain the ticket, its note stands instead.",
    next: "Every `TRIAGE__LAST_NOTE_INTERVAL` from now on, what has happened since is added as events.",
    example: () =>
      renderTriage(triageNoteOf(exampleEdge, { kind: "triage", events: exampleEvents, now, story: {} }), timeZone),
  },
  {
    title: "Events",
    where: "ticket",
    when:
      "The last triage note or note of events about an edge of an open ticket is older than `TRIAGE__LAST_NOTE_INTERVAL`, " +
      "and something has happened since; or there is none, and the edge is healthy. Newest first, up to " +
      "`TRIAGE__MAX_EVENTS_PER_EVENT_NOTE` in a note.",
    next:
      "Nothing by itself: it tells whether the edge flaps or stays down. `Timestamp` is the time of the oldest event in " +
      "the note.",
    example: () => renderEvents(exampleEvents, { timeZone, perNote: 15 })[0] ?? "",
  },
];

type Message = Extract<keyof typeof messages, `${string}Message`>;

/** One entry for each function that words a message. */
const slackMessages = {
  eventsMessage: {
    title: "Events appended",
    when: "Once for each ticket that got notes of events. A triage note is not told: the ticket itself was.",
    example: () => {
      const place = {
        clientName: cached.bruin_client_info.client_name,
        edgeName: status.name,
        serial: status.serial,
        host,
      };
      return messages.eventsMessage({ ticketId, detailId: 8001, place, since }, 1, exampleVoice);
    },
  },
  summaryMessage: {
    title: "Many tickets brought up to date",
    when: "A pass writes to `TRIAGE__SUMMARY_FROM` tickets or more, as after a mass outage: told once for the pass.",
    example: () => messages.summaryMessage(host, 31, exampleVoice),
  },
  blindMessage: {
    title: "A host cannot be read",
    when: "The customer cache or the host's states cannot be read: told once for as long as that lasts.",
    example: () => messages.blindMessage(host, new CallFailed(getLinksWithEdgeInfo.subject, 503)),
  },
  oddDetailMessage: {
    title: "A ticket is not understood",
    when: "What a detail of an open ticket needs cannot be judged: told once for the detail.",
    next: "Somebody has to look: the log says what is odd about it.",
    example: () => messages.oddDetailMessage(ticketId, status.serial),
  },
} satisfies Record<Message, Omit<Writing, "where">>;

/** Everything that the service writes for people. */
export const writings: readonly Writing[] = [
  ...ticketNotes,
  ...Object.values(slackMessages).map((message) => ({ ...message, where: "Slack" as const })),
  ...sharedSlackMessages,
];
