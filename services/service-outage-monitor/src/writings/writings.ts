import type { Writing } from "@trunkline/service";
import { customerMails } from "./customer-mails.ts";
import { slackMessages } from "./slack-messages.ts";
import { ticketNotes } from "./ticket-notes.ts";

/** Everything that the service writes for people. */
export const writings: readonly Writing[] = [...ticketNotes, ...slackMessages, ...customerMails];
