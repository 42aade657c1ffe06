import { ImapFlow, type ImapFlowError } from "imapflow";
import { type MailError, mailError, refusedBy } from "./mail-error.ts";
import { type MailServerOptions, mailServer } from "./mail-server.ts";

export interface MailConnectionOptions extends MailServerOptions {
  readonly user: string;
  readonly password: string;
  /** Name of the mailbox. @default the one with all mails where the server has one, else INBOX */
  readonly mailbox?: string | undefined;
  /** How long the server may be silent. @default 20_000 milliseconds */
  readonly silenceMs?: number;
}

const CONNECT_MS = 10_000;
/** More than the part of a mail that is ever asked for. */
const MOST_LITERAL = 8 * 1_024 * 1_024;

/** One connection to a mailbox. */
export class MailConnection {
  readonly #client: ImapFlow;
  readonly #mailbox: string | undefined;
  #isOpen = false;
  #broke: ImapFlowError | undefined;

  constructor({ user, password, mailbox, silenceMs = 20_000, ...server }: MailConnectionOptions) {
    this.#mailbox = mailbox;
    this.#client = new ImapFlow({
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
    // Why a connection ended; the command that it was the end of only says that there is none.
    this.#client.on("error", (error) => {
      this.#broke ??= error;
    });
  }

  get usable(): boolean {
    return this.#client.usable;
  }

  /** The client with the mailbox opened, and with the mails that are there now. */
  async ready(): Promise<ImapFlow> {
    const client = this.#client;
    // A server tells of new mails with its next answer; until then they are not there.
    if (this.#isOpen) await client.noop();
    else {
      await client.connect();
      await client.mailboxOpen(this.#mailbox ?? (await mailboxWithAll(client)));
      this.#isOpen = true;
    }
    if (!client.usable) throw refusedBy(client, "the connection");
    return client;
  }

  /** Why something came to nothing. */
  failure(error: unknown): MailError {
    const failure = mailError(error);
    return failure.kind === "connection" && this.#broke !== undefined ? mailError(this.#broke) : failure;
  }

  close(): void {
    this.#client.close();
  }
}

async function mailboxWithAll(client: ImapFlow): Promise<string> {
  const folders = await client.list();
  return folders.find(({ specialUse }) => specialUse === "\\All")?.path ?? "INBOX";
}
