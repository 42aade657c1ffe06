import { setTimeout as after } from "node:timers/promises";
import type { ImapFlow } from "imapflow";
import PQueue from "p-queue";
import { MailConnection, type MailConnectionOptions } from "./mail-connection.ts";
import { mailError } from "./mail-error.ts";

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

export interface MailAccountOptions extends MailConnectionOptions {
  /** How long a connection that nobody uses is kept. @default 30_000 milliseconds */
  readonly idleMs?: number;
}

export function createMailAccount(options: MailAccountOptions): MailAccount {
  const { idleMs = 30_000 } = options;
  const queue = new PQueue({ concurrency: 1 });
  let kept: MailConnection | undefined;
  let idle = new AbortController();

  async function attempt<Result>(task: (client: ImapFlow) => Promise<Result>, signal: AbortSignal): Promise<Result> {
    signal.throwIfAborted();
    const isKept = kept?.usable === true;
    const connection = isKept && kept !== undefined ? kept : new MailConnection(options);
    kept = connection;
    try {
      return await unlessAborted(connection.ready().then(task), signal);
    } catch (error) {
      closeKept();
      if (signal.aborted) throw error;
      const failure = connection.failure(error);
      if (isKept && failure.kind === "connection") return attempt(task, signal);
      throw failure;
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
      if (signal.aborted) throw mailError(signal.reason);
      const done = queue.add(async () => {
        idle.abort();
        try {
          return await attempt(task, signal);
        } finally {
          closeWhenIdle();
        }
      });
      try {
        // Whoever waits for its turn does not wait longer than for anything else.
        return await unlessAborted(done, signal);
      } catch (error) {
        throw mailError(error);
      }
    },
    close() {
      idle.abort();
      closeKept();
    },
  };
}

/** What the work comes to, or the signal's reason as soon as that fires. */
async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort);
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
