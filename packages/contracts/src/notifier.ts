import { z } from "zod";
import { contractsOf } from "./contract.ts";

const { message } = contractsOf("notifier", "notifications_bridge");
const { message: emailMessage } = contractsOf("notifier", "email_bridge");
const { request } = contractsOf("notifier", "notifier");

const STREAM = "NOTIFICATIONS";

export const slackNotification = message({
  subject: "notification.slack.request",
  effect: "write",
  description: "A message for the team's Slack channel. Anything but a text is shown as its JSON.",
  body: z.object({
    message: z.union([z.string(), z.json().transform((value) => JSON.stringify(value))]),
  }),
  stream: STREAM,
  // People learn from Slack what a dry run kept back, so a dry run does not silence it.
  dryRun: "send",
});

/** A file by its name, the content in base64. */
export const emailFile = z.object({ name: z.string().min(1), data: z.string().describe("base64") });
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
    sms_data: z.string().min(1).describe("The text"),
  }),
  reply: z.unknown(),
});
