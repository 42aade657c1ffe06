import { type HandlerReply, refuse } from "@trunkline/bus";
import { type Answer, explainFailure, type ThirdPartyError } from "@trunkline/http";

/** Ends a request that takes many calls: one of them came to this reply. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly reply: HandlerReply;
  /** Whether Hawkeye itself gave this answer, rather than none at all. */
  readonly answered: boolean;

  constructor(reply: HandlerReply, { answered }: { readonly answered: boolean }) {
    super(`Hawkeye: status ${reply.status}`);
    this.reply = reply;
    this.answered = answered;
  }
}

/** Why an answer that is not 2xx refuses the request, in the words that requesters know. */
export function explainStatus({ status, body, text }: Answer): HandlerReply {
  if (status === 400) return refuse(400, "Parameters or body were in an incorrect format");
  if (status === 401) return refuse(401, "Got 401 from Hawkeye");
  if (status >= 500) return refuse(500, "Got internal error from Hawkeye");
  if (status >= 300 && status < 400) return refuse(502, `Got ${status} from Hawkeye`);
  return refuse(status, body ?? text ?? `Got ${status} from Hawkeye`);
}

/** The reply to a 2xx answer whose JSON is not of the kind that Hawkeye gives. */
export const UNEXPECTED = refuse(502, "Got an unexpected answer from Hawkeye");

/** The reply when there was no answer at all, or an unreadable one. What exactly happened is in the log. */
export function noAnswer(error: ThirdPartyError): HandlerReply {
  return explainFailure(error, "Hawkeye", { unreachable: "Error while connecting to Hawkeye API" });
}
