import { type Handler, refuse } from "@trunkline/bus";
import type { markEmailDone, setEmailStatus } from "@trunkline/contracts";
import { isSuccess, UNREACHABLE } from "./bruin-answer.ts";
import type { BruinCall, BruinClient } from "./bruin-client.ts";

/** Marks an e-mail as dealt with; 400 when Bruin could not. */
export function markDone(bruin: BruinClient, ownUser: string): Handler<typeof markEmailDone> {
  return async ({ email_id }, context) => {
    const change = { emailId: email_id, status: "Done", resolution: `Mark as done by ${ownUser}`, updatedBy: ownUser };
    const call = { ...statusCall(change), texts: { unreachable: UNREACHABLE.plain } };
    const reply = await bruin.call(call, context);
    if (!isSuccess(reply.status) || saysSuccess(reply.body)) return reply;
    return refuse(400, `Problem marking email ${email_id} as done`);
  };
}

/** Sets an e-mail's status; Bruin's answer is the reply, whatever it is. */
export function setStatus(bruin: BruinClient, ownUser: string): Handler<typeof setEmailStatus> {
  return ({ email_id, email_status }, context) => {
    const resolution = `Marked as ${email_status} by ${ownUser}`;
    const change = { emailId: email_id, status: email_status, resolution, updatedBy: ownUser };
    return bruin.call(
      { ...statusCall(change), asItIs: "json-or-text", texts: { unreachable: UNREACHABLE.session } },
      context,
    );
  };
}

/** Bruin says in the body whether it did what was asked, with a status of 200 either way. */
export function saysSuccess(body: unknown): boolean {
  return Boolean((body as { success?: unknown } | null)?.success);
}

function statusCall(change: object): BruinCall {
  return { method: "POST", path: "/api/Email/status", json: change };
}
