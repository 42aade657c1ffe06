import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { SMTPServer, type SMTPServerSession } from "smtp-server";
import type { Certificates } from "../certificates.ts";
import type { FaultKind } from "../faults/fault.ts";
import type { FaultList } from "../faults/fault-list.ts";
import type { Messages } from "../world/messages.ts";
import type { Calls } from "./calls.ts";
import { readEmail } from "./email.ts";

export const smtpHost = "smtp.example.net";
export const smtpAccount = { username: "trunkline@trunkline.example", password: "sandbox-smtp" };

export interface SmtpOptions {
  readonly certificates: Certificates;
  readonly messages: Messages;
  readonly faults: FaultList;
  readonly calls: Calls;
  /** 0 takes any free port. */
  readonly port: number;
  readonly hostname: string;
}

export interface SmtpStandIn {
  readonly port: number;
  stop(): Promise<void>;
}

const MOST_BYTES = 25 * 1024 * 1024;

/** A mail server: STARTTLS, then AUTH PLAIN or LOGIN, then mail that goes no further than the console. */
export async function startSmtp(options: SmtpOptions): Promise<SmtpStandIn> {
  const { certificates, messages, port, hostname } = options;
  const sockets = new Set<Socket>();
  const stages = smtpStages(options, (session) => socketOf(sockets, session)?.destroy());
  const server = new SMTPServer({
    name: smtpHost,
    key: certificates.key,
    cert: certificates.cert,
    authMethods: ["PLAIN", "LOGIN"],
    size: MOST_BYTES,
    disableReverseLookup: true,
    onConnect: (session, done) => void stages.pass("CONNECT", session, done),
    onAuth(auth, session, done) {
      const known = auth.username === smtpAccount.username && auth.password === smtpAccount.password;
      const refusal = refused(535, "Authentication failed");
      void stages.pass("AUTH", session, (error) => {
        if (error != null || !known) done(error ?? refusal);
        else done(null, { user: smtpAccount.username });
      });
    },
    onRcptTo: (_address, session, done) => void stages.pass("RCPT", session, done),
    onData(stream, session, done) {
      void stages.pass("DATA", session, async (error) => {
        if (error != null) return done(error);
        messages.add(await readEmail(stream, session.envelope));
        options.calls.add({ ...stages.call("DATA", session), status: 250, ms: 0 });
        done();
      });
    },
  });
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("error", () => undefined);
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

type Done = (error?: Error | null) => unknown;

const stageKinds = {
  CONNECT: ["latency", "unavailable", "stall"],
  AUTH: ["auth-refused"],
  RCPT: ["recipient-refused"],
  DATA: ["hang-up"],
} as const satisfies Record<string, readonly FaultKind[]>;
type Stage = keyof typeof stageKinds;

/** Lets each stage of a conversation pass, unless a fault is waiting for it. */
function smtpStages({ faults, calls }: SmtpOptions, hangUp: (session: SMTPServerSession) => void) {
  const call = (stage: Stage, session: SMTPServerSession) => ({
    system: "smtp",
    host: smtpHost,
    method: stage,
    path: session.envelope.rcptTo.map(({ address }) => address).join(", "),
  });
  async function pass(stage: Stage, session: SMTPServerSession, done: Done): Promise<void> {
    const target = call(stage, session);
    const { delayMs, fault } = faults.strike({ ...target, kinds: stageKinds[stage] });
    if (delayMs > 0) await delay(delayMs, undefined, { ref: false });
    if (fault === undefined) return void done();
    const refusal = refusals[fault.kind];
    calls.add({ ...target, status: refusal?.responseCode ?? 0, ms: delayMs });
    if (refusal !== undefined) done(refusal);
    else if (fault.kind === "hang-up") hangUp(session);
  }
  return { pass, call };
}

function refused(responseCode: number, message: string): Error & { responseCode: number } {
  return Object.assign(new Error(message), { responseCode });
}

const refusals: Partial<Record<FaultKind, Error & { responseCode: number }>> = {
  unavailable: refused(421, "Service not available, try again later"),
  "auth-refused": refused(535, "Authentication failed"),
  "recipient-refused": refused(550, "No such user here"),
};

function socketOf(sockets: ReadonlySet<Socket>, { remotePort }: SMTPServerSession): Socket | undefined {
  return [...sockets].find((socket) => socket.remotePort === remotePort);
}
