import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import { differenceOf } from "../match.ts";
import type { Player, PlayerOptions } from "../protocol.ts";
import type { Stage } from "../stage.ts";
import { receivedMail } from "./received-mail.ts";
import type { SmtpExchange } from "./smtp-exchange.ts";

type RefusedAt = NonNullable<SmtpExchange["smtp"]["refuse"]>["at"];

/** Plays a mail server: STARTTLS, any credentials, and what the vectors say of each mail. */
export async function startSmtpPlayer({ stage, certificates, port }: PlayerOptions): Promise<Player> {
  const sockets = new Set<Socket>();
  // Of several recipients all are refused by the one exchange.
  const refusedSessions = new Map<string, Error>();
  const refusalOf = (at: RefusedAt, { id }: SMTPServerSession) => {
    const refusal = refusedSessions.get(id) ?? takeRefusal(stage, at);
    if (refusal !== undefined) refusedSessions.set(id, refusal);
    return refusal;
  };
  const server = new SMTPServer({
    ...certificates,
    authMethods: ["PLAIN", "LOGIN"],
    disableReverseLookup: true,
    onConnect: (session, done) => done(refusalOf("connect", session)),
    onAuth({ username = "" }, session, done) {
      const refusal = refusalOf("sign-in", session);
      if (refusal === undefined) done(null, { user: username });
      else done(refusal);
    },
    onRcptTo: (_address, session, done) => done(refusalOf("recipient", session)),
    onData(data, session, done) {
      const hangUp = () => [...sockets].find(({ remotePort }) => remotePort === session.remotePort)?.destroy();
      void answerMail(stage, { data, session, hangUp }).then(done, done);
    },
  });
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  // A client that breaks off is none that waits for an answer.
  server.on("error", () => undefined);
  server.listen(port, "127.0.0.1");
  await once(server.server, "listening");
  return {
    port: (server.server.address() as AddressInfo).port,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function takeRefusal(stage: Stage, at: RefusedAt): Error | undefined {
  const [next] = stage.waiting<SmtpExchange>("smtp");
  if (next?.smtp.refuse?.at !== at) return undefined;
  stage.take<SmtpExchange>("smtp", (each) => (each === next ? undefined : "it is not its turn"), at);
  return refused(next.smtp.refuse.code);
}

interface Mail {
  readonly data: SMTPServerDataStream;
  readonly session: SMTPServerSession;
  readonly hangUp: () => void;
}

/** @returns why the mail is refused; undefined when it is taken. Never returns when the connection was ended. */
async function answerMail(stage: Stage, { data, session, hangUp }: Mail): Promise<Error | undefined> {
  const mail = await receivedMail(data, session.envelope);
  const differs = ({ smtp }: SmtpExchange) =>
    smtp.mail === undefined ? "no mail is expected" : differenceOf(smtp.mail, mail, "mail");
  const exchange = stage.take<SmtpExchange>("smtp", differs, `to send ${JSON.stringify(mail)}`);
  if (exchange === undefined) return refused(599);
  const { refuse, fault } = exchange.smtp;
  if (fault === undefined) return refuse === undefined ? undefined : refused(refuse.code);
  hangUp();
  return new Promise<never>(() => undefined);
}

function refused(responseCode: number): Error {
  return Object.assign(new Error("as the vector says"), { responseCode });
}
