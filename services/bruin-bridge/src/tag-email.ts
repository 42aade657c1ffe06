import { type Handler, ok } from "@trunkline/bus";
import type { tagEmail } from "@trunkline/contracts";
import type { BruinClient } from "./bruin-client.ts";
import type { Recover } from "./recovery.ts";

/** Puts a tag on an e-mail. Bruin has nothing to say about it: the reply's body is empty. */
export function addTag(bruin: BruinClient): Handler<typeof tagEmail> {
  return async ({ email_id, tag_id }, context) => {
    const reply = await bruin.call(
      {
        method: "POST",
        path: "/api/Email/{emailId}/tag/{tagId}",
        pathParams: { emailId: email_id, tagId: tag_id },
        texts: { conflict: `Tag with ID ${tag_id} already present in e-mail with ID ${email_id}` },
      },
      context,
    );
    return reply.body === null ? { status: reply.status, body: "" } : reply;
  };
}

/** Bruin does not tag twice and says so, which after a lost answer means that the first attempt did it. */
export function addTagAgain(bruin: BruinClient): Recover<typeof tagEmail> {
  const add = addTag(bruin);
  return async (tag, context) => {
    const reply = await add(tag, context);
    return reply.status === 409 ? ok("") : reply;
  };
}
