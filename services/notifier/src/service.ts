import type { MessageContext } from "@trunkline/bus";
import { emailNotification, getEmails, markEmailRead, slackNotification, smsRequest } from "@trunkline/contracts";
import { thirdPartyConfig } from "@trunkline/http";
import { defineService, integer, json, ownKeys, seconds, secret, text, url } from "@trunkline/service";
import { z } from "zod";
import { createMailer } from "./email.ts";
import { createFoldStore } from "./fold-store.ts";
import { createFoldedAlerts, foldJob } from "./folded-alerts.ts";
import { getEmailsOf } from "./get-emails.ts";
import { createMailAccounts } from "./mail-accounts.ts";
import { markEmailReadAt } from "./mark-email-read.ts";
import { createSlack } from "./slack.ts";
import { createSms } from "./sms.ts";
import { writings } from "./writings.ts";

const port = () => integer({ min: 1, max: 65_535 });
const httpsUrl = () => url({ protocols: ["https"] });

/** A channel that is down for an evening must not lose what was said: with growing pauses this takes hours. */
const MAX_ATTEMPTS = 100;

/** How ids of messages begin that tell how often an alert was repeated; these are posted as they are. */
const SUMMARY = "repeated:";

const NAME = "notifier";

export const service = defineService({
  name: NAME,
  summary: "Slack, e-mail and SMS, kept until they are delivered; and mailboxes, read.",
  config: {
    ...thirdPartyConfig,
    SLACK_WEBHOOK: secret(httpsUrl()).describe("incoming webhook of the team's Slack channel"),
    SLACK_FOLD_SECONDS: seconds()
      .default(300)
      .describe("Slack messages that equal one of so many seconds ago are counted and told in one; 0: all are posted"),
    SMTP_HOST: text().describe("mail server, such as smtp.example.net"),
    SMTP_PORT: port().default(587).describe("465: TLS from the start; 587 and all others: STARTTLS is demanded"),
    EMAIL_ACCOUNT_FOR_MESSAGE_DELIVERY_USERNAME: text().describe("account at the mail server, and sender"),
    EMAIL_ACCOUNT_FOR_MESSAGE_DELIVERY_PASSWORD: secret().describe("password of that account"),
    IMAP_HOST: text().optional().describe("mail server that mails are read from; without it none are read"),
    IMAP_PORT: port().default(993).describe("TLS from the start"),
    IMAP_MAILBOX: text()
      .optional()
      .describe("mailbox that is read; without it the one that holds all mails where the server has one, else INBOX"),
    MONITORABLE_EMAIL_ACCOUNTS: secret(json(z.record(z.string(), z.string())), Object.values)
      .default({})
      .describe("JSON: address of each account that may be read → its password"),
    TELESTAX_URL: httpsUrl()
      .optional()
      .describe("complete address of the SMS gateway that messages are posted to; without it no SMS are sent"),
    TELESTAX_ACCOUNT_SID: text().default("").describe("account at the SMS gateway"),
    TELESTAX_AUTH_TOKEN: secret().default("").describe("token of that account"),
    TELESTAX_FROM_PHONE_NUMBER: text().default("").describe("number that SMS are sent from"),
  },
  serves: [smsRequest, getEmails, markEmailRead],
  asks: [],
  publishes: [slackNotification],
  consumes: [slackNotification, emailNotification],
  redis: [],
  schedules: [],
  jobs: [foldJob.name],
  writes: writings,

  async start({ bus, clock, config, jobs, logger, metrics, onStop, redis }) {
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

    const alerts = createFoldedAlerts({
      store: createFoldStore(redis("main"), `${ownKeys(NAME).in(config.ENVIRONMENT_NAME)}:fold`),
      jobs,
      clock,
      windowMs: config.SLACK_FOLD_SECONDS * 1000,
      tell: (message, id) => bus.publish(slackNotification, { message }, { messageId: SUMMARY + id }),
      logger,
    });
    await jobs.work(foldJob, (data) => alerts.end(data), { concurrency: 1, attempts: MAX_ATTEMPTS });

    // One at a time: a channel reads like a timeline only in the order of what happened.
    const post = async ({ message: text }: { message: string }, context: MessageContext) => {
      const { messageId, sequence, requestId } = context;
      const isSummary = messageId?.startsWith(SUMMARY) === true;
      if (isSummary || config.SLACK_FOLD_SECONDS === 0) await slack.post(text, context);
      else await alerts.admit({ text, id: String(sequence ?? requestId) }, () => slack.post(text, context));
    };
    await bus.consume(slackNotification, post, {
      concurrency: 1,
      maxAttempts: MAX_ATTEMPTS,
    });
    await bus.consume(emailNotification, ({ email_data }, context) => mailer.send(email_data, context), {
      concurrency: 4,
      maxAttempts: MAX_ATTEMPTS,
    });

    const accounts = createMailAccounts({
      ...shared,
      host: config.IMAP_HOST,
      port: config.IMAP_PORT,
      mailbox: config.IMAP_MAILBOX,
      passwords: config.MONITORABLE_EMAIL_ACCOUNTS,
    });
    onStop(() => accounts.close());
    await bus.serve(getEmails, getEmailsOf(accounts, clock));
    // Marking twice is marking once, so a doubt is settled by doing it again.
    await bus.serve(markEmailRead, markEmailReadAt(accounts), { recover: async () => undefined });

    const sms = createSms({
      ...shared,
      url: config.TELESTAX_URL,
      accountSid: config.TELESTAX_ACCOUNT_SID,
      authToken: config.TELESTAX_AUTH_TOKEN,
      from: config.TELESTAX_FROM_PHONE_NUMBER,
    });
    onStop(() => sms.close());
    await bus.serve(smsRequest, ({ sms_to, sms_data }, context) => sms.send({ to: sms_to, text: sms_data }, context));
  },
});
