import { type HandlerReply, refuse } from "@trunkline/bus";
import { type Answer, explainFailure as explain } from "@trunkline/http";
import { isSessionOver, messageOf } from "./velocloud-client.ts";

/** What a call to an Orchestrator came to: an answer to work with, or the reply that the requester gets. */
export type Outcome =
  | { readonly ok: true; readonly status: number; readonly body: unknown }
  | { readonly ok: false; readonly reply: HandlerReply };

const INTERNAL_ERROR = refuse(500, "Got internal error from Velocloud");
const UNEXPECTED = refuse(500, "Got an unexpected answer from Velocloud");

/**
 * Reads an answer the way requesters know it: 500 to 512 become one text, a session that is over even after a new
 * login becomes 401, and everything else keeps its status and its JSON.
 *
 * @param on400 makes the text for HTTP 400 out of the Orchestrator's own, where the subject has one
 */
export function readAnswer(answer: Answer, on400?: (message: string) => string): Outcome {
  const { status, body } = answer;
  if (status >= 500 && status <= 512) return { ok: false, reply: INTERNAL_ERROR };
  if (status === 400 && on400 !== undefined) return { ok: false, reply: refuse(400, on400(messageOf(body) ?? "None")) };
  if (isSessionOver(answer)) return { ok: false, reply: refuse(401, body ?? "Got 401 from Velocloud") };
  if (status < 200 || status >= 300)
    return { ok: false, reply: refuse(status, body ?? `Got ${status} from Velocloud`) };
  // An error in a good answer would pass for data at a requester that looks at the status alone.
  if (messageOf(body) !== undefined) return { ok: false, reply: refuse(500, body) };
  return { ok: true, status, body };
}

/** The reply when there was no answer at all, or an unreadable one. */
export function explainFailure(error: unknown): HandlerReply {
  return explain(error, "Velocloud", { unreachable: "Error while connecting to Velocloud API" });
}

/** A 2xx answer whose JSON is not of the kind that the method gives. */
export function unexpectedAnswer(): HandlerReply {
  return UNEXPECTED;
}
