import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import type { Logger } from "pino";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import type { Certificates } from "../certificates.ts";
import type { FaultList } from "../faults/fault-list.ts";
import type { Mailboxes } from "../world/mailboxes.ts";
import type { Messages } from "../world/messages.ts";
import type { Calls } from "./calls.ts";
import { emailSource, MOST_EMAIL_BYTES, readEmail } from "./email.ts";
import { refused, type SmtpStages, smtpStages } from "./smtp-stages.ts";

export const smtpHost = "smtp.example.net";
export const smtpAccount = { username: "trunkline@trunkline.example", password: "sandbox-smtp" };

export interface SmtpOptions {
  readonly certificates: Certificates;
  readonly messages: Messages;
  /** Where mails to the accounts that the engine reads go, too. */
  readonly mailboxes: Mailboxes;
  readonly faults: FaultList;
  readonly calls: Calls;
  readonly logger: Logger;
  /** 0 takes any free port. */
  readonly port: number;
  readonly hostname: string;
}

export interface SmtpStandIn {
  readonly port: number;
  stop(): Promise<void>;
}

/** A mail server: STARTTLS, then AUTH PLAIN or LOGIN, then mail that goes no further than the console. */
export async function startSmtp(options: SmtpOptions): Promise<SmtpStandIn> {
  const { certificates, logger, port, hostname } = options;
  const sockets = new Set<Socket>();
  const hangUp = ({ remotePort }: SMTPServerSession) =>
    [...sockets].find((socket) => socket.remotePort === remotePort)?.destroy();
  const stages = smtpStages({ ...options, host: smtpHost, hangUp });
  const server = new SMTPServer({
    name: smtpHost,
    key: certificates.key,
    cert: certificates.cert,
    authMethods: ["PLAIN", "LOGIN"],
    size: MOST_EMAIL_BYTES,
    disableReverseLookup: true,
    onConnect: (session, done) => void stages.pass("CONNECT", session).then(done),
    onAuth({ username, password }, session, done) {
      const known = username === smtpAccount.username && password === smtpAccount.password;
      void stages.pass("AUTH", session).then((refusal) => {
        if (refusal === null && known) done(null, { user: smtpAccount.username });
        else done(refusal ?? refused(535, "Authentication failed"));
      });
    },
    onRcptTo: (_address, session, done) => void stages.pass("RCPT", session).then(done),
    onData: (stream, session, done) => void receive(stages, options, { stream, session }).then(done),
  });
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  // A client that breaks off is nothing to fail for.
  server.on("error", (error) => logger.debug({ err: error }, "an SMTP conversation ended early"));
  server.listen(port, hostname);
  await once(server.server, "listening");
  return {
    port: (server.server.address() as AddressInfo).port,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

interface Incoming {
  readonly stream: SMTPServerDataStream;
  readonly session: SMTPServerSession;
}

/** @returns why the mail is refused, or null when it was taken */
async function receive(
  stages: SmtpStages,
  { messages, mailboxes, logger }: SmtpOptions,
  { stream, session }: Incoming,
): Promise<Error | null> {
  const refusal = await stages.pass("DATA", session);
  if (refusal !== null) return refusal;
  try {
    const source = await emailSource(stream);
    if (source === undefined) return refused(552, "Message exceeds the size that is accepted");
    messages.add(await readEmail(source, session.envelope));
    for (const { address } of session.envelope.rcptTo) {
      if (mailboxes.has(address)) await mailboxes.deliver(address, source);
    }
    stages.taken("DATA", session);
    return null;
  } catch (error) {
    logger.warn({ err: error }, "a mail could not be read");
    return refused(451, "Message could not be read");
  }
}
