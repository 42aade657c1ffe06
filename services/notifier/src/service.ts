import { emailNotification, slackNotification, smsRequest } from "@trunkline/contracts";
import { thirdPartyConfig } from "@trunkline/http";
import { defineService } from "@trunkline/service";
import { z } from "zod";
import { createMailer } from "./email.ts";
import { createSlack } from "./slack.ts";
import { createSmsGateway } from "./sms-gateway.ts";

const httpsUrl = z.url({ protocol: /^https$/, error: "expected an https address" });

/** A channel that is down for an evening must not lose what was said: with growing pauses this takes hours. */
const MAX_ATTEMPTS = 100;

export const service = defineService({
  name: "notifier",
  summary: "Slack, e-mail and SMS, kept until they are delivered.",
  config: {
    ...thirdPartyConfig,
    SLACK_WEBHOOK: httpsUrl.describe("Incoming webhook of the team's Slack channel (https); a secret"),
    SMTP_HOST: z.string().min(1).describe("Mail server, such as smtp.example.net"),
    SMTP_PORT: z.coerce
      .number()
      .int()
      .min(1)
      .max(65_535)
      .default(587)
      .describe("587 and others: STARTTLS is demanded; 465: TLS from the start"),
    EMAIL_ACCOUNT_FOR_MESSAGE_DELIVERY_USERNAME: z.string().min(1).describe("Account at the mail server, and sender"),
    EMAIL_ACCOUNT_FOR_MESSAGE_DELIVERY_PASSWORD: z.string().min(1).describe("Its password"),
    TELESTAX_URL: httpsUrl
      .optional()
      .describe("Complete address of the SMS gateway that messages are posted to; without it no SMS are sent"),
    TELESTAX_ACCOUNT_SID: z.string().default("").describe("Account at the SMS gateway"),
    TELESTAX_AUTH_TOKEN: z.string().default("").describe("Its token"),
    TELESTAX_FROM_PHONE_NUMBER: z.string().default("").describe("Number that SMS are sent from"),
  },
  serves: [smsRequest],
  asks: [],
  publishes: [],
  consumes: [slackNotification, emailNotification],
  redis: [],
  schedules: [],
  jobs: [],

  async start({ bus, config, logger, metrics, onStop }) {
    const shared = { hostAliases: config.HOST_ALIASES, caFile: config.TLS_CA_FILE, logger, metrics };
    const slack = createSlack({ ...shared, webhook: config.SLACK_WEBHOOK });
    const mailer = createMailer({
      ...shared,
      host: config.SMTP_HOST,
      port: config.SMTP_PORT,
      username: config.EMAIL_ACCOUNT_FOR_MESSAGE_DELIVERY_USERNAME,
      password: config.EMAIL_ACCOUNT_FOR_MESSAGE_DELIVERY_PASSWORD,
    });
    onStop(() => slack.close());

    // One at a time: a channel reads like a timeline only in the order of what happened.
    await bus.consume(slackNotification, ({ message }, context) => slack.post(message, context), {
      durable: "notifier-slack",
      concurrency: 1,
      maxAttempts: MAX_ATTEMPTS,
    });
    await bus.consume(emailNotification, ({ email_data }, context) => mailer.send(email_data, context), {
      durable: "notifier-email",
      concurrency: 4,
      maxAttempts: MAX_ATTEMPTS,
    });

    if (config.TELESTAX_URL === undefined) return;
    const gateway = createSmsGateway({
      ...shared,
      url: config.TELESTAX_URL,
      accountSid: config.TELESTAX_ACCOUNT_SID,
      authToken: config.TELESTAX_AUTH_TOKEN,
      from: config.TELESTAX_FROM_PHONE_NUMBER,
    });
    onStop(() => gateway.close());
    // Whether an SMS went out cannot be looked up, so there is no way back from a lost answer: an asker who tries the
    // same SMS again is refused rather than served twice.
    await bus.serve(smsRequest, (sms, context) => gateway.send({ to: sms.sms_to, text: sms.sms_data }, context));
  },
});
