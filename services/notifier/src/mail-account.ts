import { setTimeout as after } from "node:timers/promises";
import { ImapFlow } from "imapflow";
import PQueue from "p-queue";
import { mailError, refusedBy } from "./mail-error.ts";
import { type MailServerOptions, mailServer } from "./mail-server.ts";

/** An account whose mails are read. */
export interface MailAccount {
  /**
   * Does something with the account's mailbox, one after the other over one connection that is kept for a while. It
   * may be done again over a new connection, when the kept one turns out to be dead.
   *
   * @throws MailError
   */
  work<Result>(task: (client: ImapFlow) => Promise<Result>, signal: AbortSignal): Promise<Result>;
  close(): void;
}

export interface MailAccountOptions extends MailServerOptions {
  readonly user: string;
  readonly password: string;
  /** Name of the mailbox. @default the one with all mails where the server has one, else INBOX */
  readonly mailbox?: string | undefined;
  /** How long a connection that nobody uses is kept. @default 30_000 milliseconds */
  readonly idleMs?: number;
  /** How long the server may be silent. @default 20_000 milliseconds */
  readonly silenceMs?: number;
}

const CONNECT_MS = 10_000;
/** More than the part of a mail that is ever asked for. */
const MOST_LITERAL = 8 * 1_024 * 1_024;

export function createMailAccount(options: MailAccountOptions): MailAccount {
  const { idleMs = 30_000 } = options;
  const queue = new PQueue({ concurrency: 1 });
  let kept: ImapFlow | undefined;
  let idle = new AbortController();

  async function attempt<Result>(task: (client: ImapFlow) => Promise<Result>, signal: AbortSignal): Promise<Result> {
    if (signal.aborted) throw mailError(signal.reason);
    const isKept = kept?.usable === true;
    const client = isKept && kept !== undefined ? kept : newClient(options);
    const hangUp = () => client.close();
    signal.addEventListener("abort", hangUp);
    try {
      // A server tells of new mails with its next answer; until then they are not there.
      if (isKept) await client.noop();
      else await open(client, options.mailbox);
      if (!client.usable) throw refusedBy(client, "the connection");
      const result = await task(client);
      kept = client;
      return result;
    } catch (error) {
      client.close();
      kept = undefined;
      const failure = mailError(signal.aborted ? signal.reason : error);
      if (isKept && failure.kind === "connection" && !signal.aborted) return attempt(task, signal);
      throw failure;
    } finally {
      signal.removeEventListener("abort", hangUp);
    }
  }

  function closeWhenIdle(): void {
    idle = new AbortController();
    const { signal } = idle;
    after(idleMs, undefined, { signal, ref: false }).then(closeKept, () => undefined);
  }

  function closeKept(): void {
    kept?.close();
    kept = undefined;
  }

  return {
    async work(task, signal) {
      const isWaiting = new Promise<never>((_, reject) => {
        signal.addEventListener("abort", () => reject(mailError(signal.reason)), { once: true });
      });
      const done = queue.add(async () => {
        idle.abort();
        try {
          return await attempt(task, signal);
        } finally {
          closeWhenIdle();
        }
      });
      return Promise.race([done, isWaiting]);
    },
    close() {
      idle.abort();
      closeKept();
    },
  };
}

function newClient({ user, password, silenceMs = 20_000, ...server }: MailAccountOptions): ImapFlow {
  const client = new ImapFlow({
    ...mailServer(server),
    secure: true,
    auth: { user, pass: password },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: silenceMs,
    maxLiteralSize: MOST_LITERAL,
    maxResponseSize: MOST_LITERAL + 65_536,
    maxLineLength: MOST_LITERAL,
  });
  // What goes wrong is told by the command that it breaks; between two commands it is found out with the next one.
  client.on("error", () => undefined);
  return client;
}

async function open(client: ImapFlow, mailbox: string | undefined): Promise<void> {
  await client.connect();
  await client.mailboxOpen(mailbox ?? (await mailboxWithAll(client)));
}

async function mailboxWithAll(client: ImapFlow): Promise<string> {
  const folders = await client.list();
  return folders.find(({ specialUse }) => specialUse === "\\All")?.path ?? "INBOX";
}
