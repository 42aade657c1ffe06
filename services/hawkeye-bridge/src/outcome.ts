import { type HandlerReply, refuse } from "@trunkline/bus";
import { type Answer, ThirdPartyError } from "@trunkline/http";

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
export function explainFailure(error: unknown): HandlerReply {
  if (!(error instanceof ThirdPartyError)) throw error;
  switch (error.reason) {
    case "login-failed":
      return refuse(401, "Login to Hawkeye failed");
    case "timeout":
    case "cancelled":
      return refuse(504, "Hawkeye did not answer in time");
    case "not-json":
    case "truncated":
    case "too-large":
      return refuse(502, "Hawkeye's answer could not be read");
    case "breaker-open":
    case "busy":
      return refuse(503, "Hawkeye is not called for a while because too much failed or waits");
    case "refused":
    case "reset":
    case "dns":
    case "tls":
    case "bad-path":
      return refuse(500, "Error while connecting to Hawkeye API");
  }
}
