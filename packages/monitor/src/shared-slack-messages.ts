import { appendTicketNote, getTicketsBasic } from "@trunkline/contracts";
import type { Writing } from "@trunkline/service";
import { CallFailed } from "./errors.ts";
import { exampleEdge, exampleVoice } from "./example-edge.ts";
import { failureMessage, placeText, unreadableTicketsMessage } from "./place.ts";

const { status, cached } = exampleEdge;
const place = {
  clientName: cached.bruin_client_info.client_name,
  edgeName: status.name,
  serial: status.serial,
  host: cached.edge.host,
};

/** What every monitor may have to tell Slack about its own work. */
export const sharedSlackMessages: readonly Writing[] = [
  {
    title: "A step failed",
    where: "Slack",
    when:
      "A bridge refuses or cannot do what was decided. Where it may succeed later this is told once for as long as the " +
      "bridge fails, however many tickets wait for it.",
    example: () =>
      failureMessage({
        about: placeText(place),
        doing: `append the triage note to ticket ${exampleVoice.ticketId}`,
        error: new CallFailed(appendTicketNote.subject, 500),
      }),
  },
  {
    title: "Tickets cannot be read",
    where: "Slack",
    when: "Bruin's open tickets, or one of them, cannot be read: told once for as long as that lasts.",
    example: () => unreadableTicketsMessage(place.host, new CallFailed(getTicketsBasic.subject, 503)),
  },
];
