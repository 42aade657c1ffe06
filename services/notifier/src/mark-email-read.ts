import { type Handler, ok, refuse } from "@trunkline/bus";
import type { markEmailRead } from "@trunkline/contracts";
import type { ImapFlow } from "imapflow";
import type { MailAccounts } from "./mail-accounts.ts";
import { mailError, refusedBy } from "./mail-error.ts";
import { withinTime } from "./time-limit.ts";

/** Marks a mail as read. To IMAP a UID that is not there is no mistake, so it counts as marked. */
export function markEmailReadAt(accounts: MailAccounts): Handler<typeof markEmailRead> {
  return ({ email_account, msg_uid }, context) =>
    accounts.with(email_account, async (account) => {
      try {
        const mark = async (client: ImapFlow) => {
          const isStored = await client.messageFlagsAdd(msg_uid, ["\\Seen"], { uid: true });
          if (!isStored) throw refusedBy(client, "to mark the mail");
        };
        await withinTime(context, (signal) => account.work(mark, signal));
        return ok(`Successfully marked message ${msg_uid} as read`);
      } catch (error) {
        const { kind, cause, message } = mailError(error);
        context.logger.warn({ err: cause, kind, reason: message }, "a mail could not be marked as read");
        return refuse(500, `Failed to mark message ${msg_uid} as read`);
      }
    });
}
