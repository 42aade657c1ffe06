import { z } from "zod";
import { contractsOf } from "./contract.ts";
import { MOST_SMS_PARTS, smsParts } from "./sms-parts.ts";

const { message } = contractsOf("notifier", "notifications_bridge");
const { message: emailMessage } = contractsOf("notifier", "email_bridge");
const { request } = contractsOf("notifier", "notifier");
const { request: mailboxRequest } = contractsOf("notifier", "email_bridge");

const STREAM = "NOTIFICATIONS";

export const slackNotification = message({
  subject: "notification.slack.request",
  effect: "write",
  description: "A message for the team's Slack channel. Anything but a text is shown as its JSON.",
  body: z.object({
    message: z.union([z.string(), z.json().transform((value) => JSON.stringify(value))]),
  }),
  stream: STREAM,
  consumer: "notifier-slack",
  // People learn from Slack what a dry run kept back, so a dry run does not silence it.
  dryRun: "send",
});

/** A file by its name, the content in base64. */
export const emailFile = z.object({
  name: z.string().min(1),
  // Encoders of mail break lines.
  data: z
    .string()
    .regex(/^[A-Za-z0-9+/\s]*={0,2}\s*$/, "expected base64")
    .describe("base64"),
});
export type EmailFile = z.output<typeof emailFile>;

export const emailNotification = emailMessage({
  subject: "notification.email.request",
  effect: "write",
  description: "An e-mail from the automation's own account, as text and HTML.",
  body: z.object({
    email_data: z.object({
      subject: z.string(),
      recipient: z.string().min(1).describe('One address, or several joined by ", "'),
      text: z.string().default(""),
      html: z.string().default(""),
      images: z.array(emailFile).default([]).describe("Shown inside the HTML, which refers to `cid:<name>`"),
      attachments: z.array(emailFile).default([]).describe("Typed by the extension of their names"),
    }),
  }),
  stream: STREAM,
  consumer: "notifier-email",
});

/**
 * A request, unlike its siblings: whoever sends an SMS goes on by its outcome (a dispatch is noted as "SMS sent"),
 * and learns in milliseconds that nobody is there to send it.
 */
export const smsRequest = request({
  subject: "notification.sms.request",
  effect: "write",
  timeoutSeconds: 60,
  description: "Sends an SMS through the gateway and answers with what the gateway said.",
  body: z.looseObject({
    sms_to: z
      .string()
      .regex(/^\+?\d{5,15}$/, "expected a telephone number in digits")
      .describe("E.164; the plus may be missing"),
    sms_data: z
      .string()
      .min(1)
      .refine((text) => smsParts(text).parts.length <= MOST_SMS_PARTS, `expected at most ${MOST_SMS_PARTS} parts`)
      .describe("The text; the gateway splits a long one"),
  }),
  reply: z.unknown(),
});

/** A mail as it was found in a mailbox. */
export const receivedEmail = z.object({
  message: z.string().describe("The whole mail, lines ended by a line feed"),
  subject: z.string().describe("Decoded; empty where there is none"),
  body: z.string().describe("The first plain text that is no attachment, decoded; of a mail in one part, that part"),
  msg_uid: z.string().describe("The mail's UID in its mailbox, which `mark.email.read.request` takes"),
});
export type ReceivedEmail = z.output<typeof receivedEmail>;

const emailAccount = z.string().min(1).describe("Address of one of the accounts that the notifier may read");

export const getEmails = mailboxRequest({
  subject: "get.email.request",
  effect: "read",
  timeoutSeconds: 150,
  description: "Unread mails of an account from certain senders, oldest first. They stay unread.",
  body: z.looseObject({
    email_account: emailAccount,
    email_filter: z.array(z.string().min(1)).describe("Senders; a part of the address will do. Without one, no mail"),
    lookup_days: z.int().min(0).max(36_500).describe("Mails that came today or so many days before"),
    max_messages: z.int().min(0).nullish().describe("The oldest of each sender; 0 or null for all"),
  }),
  reply: z.array(receivedEmail),
  complaints: {
    missingKey:
      'You must include "email_account", "email_filter" and "lookup_days" in the "body" field of the response request',
  },
});

export const markEmailRead = mailboxRequest({
  subject: "mark.email.read.request",
  effect: "write",
  timeoutSeconds: 150,
  description: "Marks a mail as read. One that is not there (any more) counts as read.",
  body: z.looseObject({
    msg_uid: z
      .union([z.string(), z.int().transform(String)])
      .pipe(z.string().regex(/^[1-9]\d{0,9}$/, "expected a UID")),
    email_account: emailAccount,
  }),
  reply: z.string(),
  complaints: {
    missingKey: 'You must include "msg_uid" and "email_account" in the "body" field of the response request',
  },
});
