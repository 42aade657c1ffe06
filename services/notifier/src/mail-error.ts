import type { ImapFlow, ImapFlowError } from "imapflow";

export type MailErrorKind = "sign-in" | "refused" | "timeout" | "connection";

/** Why a mailbox could not be read, without anything secret. */
export class MailError extends Error {
  override readonly name = "MailError";
  readonly kind: MailErrorKind;

  constructor(kind: MailErrorKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

/** What went wrong, in words for a requester. Whatever is no answer of the server's is the connection's fault. */
export function mailError(error: unknown): MailError {
  if (error instanceof MailError) return error;
  const { code, responseStatus, authenticationFailed, name } = error as Partial<ImapFlowError>;
  if (authenticationFailed === true) return new MailError("sign-in", "the mail server refused the sign-in", error);
  if (responseStatus === "NO" || responseStatus === "BAD") {
    return new MailError("refused", "the mail server refused a command", error);
  }
  if (name === "TimeoutError" || (code !== undefined && timeouts.includes(code))) {
    return new MailError("timeout", "the mail server did not answer in time", error);
  }
  return new MailError("connection", "the connection to the mail server failed", error);
}

/** Why a command came to nothing. The client says no more than that, for a connection that was closed too. */
export function refusedBy({ usable }: Pick<ImapFlow, "usable">, what: string): MailError {
  return usable ? new MailError("refused", `the mail server refused ${what}`) : mailError(new Error("closed"));
}

const timeouts = ["CONNECT_TIMEOUT", "GREETING_TIMEOUT", "UPGRADE_TIMEOUT", "ETIMEOUT", "ETIMEDOUT"];
