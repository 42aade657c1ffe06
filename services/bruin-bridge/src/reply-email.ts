import { type Handler, refuse } from "@trunkline/bus";
import type { replyToEmail } from "@trunkline/contracts";
import { UNREACHABLE } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";

/** Below 500, so that it is remembered: another attempt with the same key gets it too instead of a second mail. */
const IN_DOUBT = refuse(409, "Bruin may have sent this reply and has not said so; it is not sent again");

/**
 * Has Bruin answer everybody on an e-mail. Whether a mail went out cannot be looked up, so a lost answer stays a
 * doubt and the mail is not sent again.
 */
export function replyToAll(bruin: BruinClient): Handler<typeof replyToEmail> {
  return ({ parent_email_id, reply_body, html_reply_body }, context) =>
    bruin.call(
      {
        method: "POST",
        path: "/api/Notification/email/ReplyAll",
        // Bruin knows the truth by these capitals.
        query: { IsContentHTMLEncoded: html_reply_body ? "True" : "False" },
        json: { content: reply_body, emailId: parent_email_id },
        asItIs: "json-or-text",
        texts: { unreachable: UNREACHABLE.session },
        inDoubt: IN_DOUBT,
      },
      context,
    );
}
