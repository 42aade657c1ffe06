import { ThirdPartyError } from "./errors.ts";

export interface FailureTexts {
  /** @default `Error while connecting to <name>` */
  readonly unreachable?: string;
  /** @default `Login to <name> failed` */
  readonly loginFailed?: string;
}

/**
 * The reply of a bridge whose third party gave no answer, or an unreadable one: an integer status and a text without
 * anything that was sent or received. What exactly happened is in the log.
 *
 * @param name what people call the third party
 * @throws the error itself when it is no {@link ThirdPartyError}: a fault of our own is not blamed on others
 */
export function explainFailure(error: unknown, name: string, texts: FailureTexts = {}) {
  if (!(error instanceof ThirdPartyError)) throw error;
  switch (error.reason) {
    case "login-failed":
      return reply(401, texts.loginFailed ?? `Login to ${name} failed`);
    case "timeout":
    case "cancelled":
      return reply(504, `${name} did not answer in time`);
    case "not-json":
    case "truncated":
    case "too-large":
      return reply(502, `${name}'s answer could not be read`);
    case "breaker-open":
    case "busy":
      return reply(503, `${name} is not called for a while because too much failed or waits`);
    case "refused":
    case "reset":
    case "dns":
    case "tls":
    case "bad-path":
      return reply(500, texts.unreachable ?? `Error while connecting to ${name}`);
  }
}

function reply(status: number, body: string): { readonly status: number; readonly body: string } {
  return { status, body };
}
