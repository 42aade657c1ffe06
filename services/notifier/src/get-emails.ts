import { type Handler, ok, type RequestContext, refuse } from "@trunkline/bus";
import type { Clock } from "@trunkline/clock";
import type { getEmails, ParsedBodyOf, ReceivedEmail } from "@trunkline/contracts";
import type { FetchMessageObject, ImapFlow } from "imapflow";
import type { Logger } from "pino";
import type { MailAccounts } from "./mail-accounts.ts";
import { mailError, refusedBy } from "./mail-error.ts";
import { mailText } from "./mail-text.ts";
import { withinTime } from "./time-limit.ts";
import { type SizedMail, withinLimits } from "./within-limits.ts";

type Wanted = ParsedBodyOf<typeof getEmails>;

const DAY_MS = 86_400_000;
/** A longer mail is cut off here; its text comes first. */
const MOST_BYTES_OF_A_MAIL = 5 * 1_024 * 1_024;
/** What is left over stays unread, and comes with a later request. */
const MOST_BYTES = 16 * 1_024 * 1_024;

/** Reads an account's unread mails. They stay unread. */
export function getEmailsOf(accounts: MailAccounts, clock: Clock): Handler<typeof getEmails> {
  return (wanted, context) =>
    accounts.with(wanted.email_account, async (account) => {
      try {
        const since = new Date(startOfDay(clock.now()).getTime() - wanted.lookup_days * DAY_MS);
        const read = (client: ImapFlow) => unreadMails(client, { ...wanted, since }, context);
        const mails = await withinTime(context, (signal) => account.work(read, signal));
        return ok(await Promise.all(mails.map((mail) => readable(mail, context.logger))));
      } catch (error) {
        const { kind, message, cause } = mailError(error);
        context.logger.warn({ err: cause, kind }, "mails could not be read");
        return refuse(
          kind === "timeout" ? 504 : 500,
          `Failed to read the mails of ${wanted.email_account}: ${message}`,
        );
      }
    });
}

async function unreadMails(
  client: ImapFlow,
  { email_filter, max_messages, since }: Wanted & { readonly since: Date },
  { logger }: Pick<RequestContext, "logger">,
): Promise<FetchMessageObject[]> {
  const uids = new Set<number>();
  for (const from of email_filter) {
    const found = await client.search({ seen: false, since, from }, { uid: true });
    if (found === false || found === undefined) throw refusedBy(client, "the search");
    const oldestFirst = found.toSorted((one, other) => one - other);
    for (const uid of max_messages ? oldestFirst.slice(0, max_messages) : oldestFirst) uids.add(uid);
  }
  if (uids.size === 0) return [];
  const mails = await client.fetchAll([...uids].join(","), { uid: true, size: true }, { uid: true });
  const chosen = withinLimits(mails.map(sized), { ofOne: MOST_BYTES_OF_A_MAIL, ofAll: MOST_BYTES });
  if (chosen.length < mails.length) {
    logger.warn({ found: mails.length, read: chosen.length }, "more unread mails than one reply holds");
  }
  const source = { start: 0, maxLength: MOST_BYTES_OF_A_MAIL };
  const read = await client.fetchAll(chosen.join(","), { uid: true, source }, { uid: true });
  return read.toSorted((one, other) => one.uid - other.uid);
}

function sized({ uid, size = MOST_BYTES_OF_A_MAIL }: FetchMessageObject): SizedMail {
  return { uid, bytes: size };
}

/** A mail that cannot be taken apart is handed on as it is; the others are none the worse for it. */
async function readable({ uid, source = Buffer.alloc(0) }: FetchMessageObject, logger: Logger): Promise<ReceivedEmail> {
  const whole = { message: source.toString().replaceAll("\r\n", "\n"), msg_uid: String(uid) };
  try {
    return { ...whole, ...(await mailText(source)) };
  } catch (error) {
    logger.warn({ err: error, uid }, "a mail cannot be taken apart");
    return { ...whole, subject: "", body: "" };
  }
}

/** Mail servers compare days, whatever the time. */
function startOfDay(moment: Date): Date {
  return new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate()));
}
