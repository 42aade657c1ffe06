import { type MessageContext, RetryLater, Undeliverable } from "@trunkline/bus";
import type { emailNotification, ParsedBodyOf } from "@trunkline/contracts";
import { createTransport, type NodemailerError } from "nodemailer";
import { emailMessage } from "./email-message.ts";
import { type MailServerOptions, mailServer } from "./mail-server.ts";

type Email = ParsedBodyOf<typeof emailNotification>["email_data"];

export interface Mailer {
  /**
   * Hands an e-mail to the SMTP server.
   * @throws RetryLater when the server could not take it now
   * @throws Undeliverable when no server will ever take it, such as one for nobody
   */
  send(email: Email, context: MessageContext): Promise<void>;
}

export interface MailerOptions extends MailServerOptions {
  /** The account that signs in, and the sender. */
  readonly username: string;
  readonly password: string;
}

const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;
/** A server that takes TLS from the first byte; every other port must offer STARTTLS. */
const TLS_PORT = 465;

export function createMailer(options: MailerOptions): Mailer {
  const transport = createTransport(transportOptions(options));
  return {
    async send(email, context) {
      const { requestId, messageId, signal } = context;
      const message = emailMessage(email, { from: options.username, messageKey: messageId ?? requestId });
      const { rejected = [] } = await transport.sendMail({ ...message, signal }).catch(onFailure);
      // The others have it: sending it again would give it to them twice.
      if (rejected.length > 0) context.logger.error({ rejected: rejected.length }, "some recipients were refused");
    },
  };
}

function transportOptions({ username, password, ...server }: MailerOptions) {
  return {
    ...mailServer(server),
    secure: server.port === TLS_PORT,
    requireTLS: true,
    auth: { user: username, pass: password },
    connectionTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    // Content comes from the message alone, never from a file or an address that it names.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function onFailure(error: NodemailerError): never {
  const because = `SMTP: ${error.code ?? "failed"}${error.responseCode === undefined ? "" : ` ${error.responseCode}`}`;
  throw isHopeless(error) ? new Undeliverable(because) : new RetryLater({ message: because });
}

/** What the server says of this message and its recipients is final; of our account and our address, it is not. */
export function isHopeless({ code, command, permanent, responseCode }: Partial<NodemailerError>): boolean {
  if (code === "EENVELOPE" && responseCode === undefined) return true;
  return permanent === true && code !== "EAUTH" && command !== "MAIL FROM";
}
