import { createInbox, type Msg, type MsgHdrs } from "nats";
import type { Link } from "./link.ts";
import { shortId } from "./random-id.ts";

/** What became of a request on the wire. */
export type Answer =
  | { readonly kind: "reply"; readonly data: Uint8Array }
  | { readonly kind: "none"; readonly status: 499 | 503 | 504; readonly reason: string };

export interface Question {
  readonly subject: string;
  readonly payload: Uint8Array;
  readonly headers: MsgHdrs | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Requests that wait for their answers. */
export interface Inbox {
  ask(question: Question): Promise<Answer>;
  /** How many wait, by subject. */
  waiting(): ReadonlyMap<string, number>;
  /** Answers all that wait: no answer can come any more. */
  close(): void;
}

interface Waiting {
  readonly subject: string;
  settle(answer: Answer): void;
  expireIn(milliseconds: number, answer: Answer): void;
}

// An answer that was under way when the connection broke may still come over the new one; after this it will not.
const LOST_GRACE_MS = 10_000;

const REASONS = {
  nobody: "nobody answers this subject",
  expired: "no answer in time",
  cancelled: "the caller gave up",
  lost: "the connection to NATS was lost on the way",
  forbidden: "this service may not publish to this subject",
  closed: "the connection to NATS is closed",
} as const;

/**
 * One wildcard subscription for the answers to all requests. The client has the same, but settles each request
 * through a race of promises, which costs more than all the rest of a small request.
 */
export function openInbox(link: Link, prefix: string): Inbox {
  const base = `${createInbox(prefix)}.`;
  const requests = new Map<string, Waiting>();
  link.nc.subscribe(`${base}*`, { callback: (_error, message) => receive(message) });
  link.events.on("lost", () => {
    for (const waiting of requests.values()) waiting.expireIn(LOST_GRACE_MS, none(503, REASONS.lost));
  });
  link.events.on("forbidden", (subject) => {
    for (const waiting of requests.values()) {
      if (waiting.subject === subject) waiting.settle(none(503, REASONS.forbidden));
    }
  });

  return {
    ask: (question) => new Promise((resolve) => send(question, resolve)),
    waiting() {
      const counts = new Map<string, number>();
      for (const { subject } of requests.values()) counts.set(subject, (counts.get(subject) ?? 0) + 1);
      return counts;
    },
    close() {
      for (const waiting of requests.values()) waiting.settle(none(503, REASONS.closed));
    },
  };

  function send({ subject, payload, headers, timeoutMs, signal }: Question, resolve: (answer: Answer) => void): void {
    const token = shortId();
    const expired = () => settle(none(504, REASONS.expired));
    const cancelled = () => settle(none(499, REASONS.cancelled));
    let endsAt = Date.now() + timeoutMs;
    let timer = setTimeout(expired, timeoutMs);
    requests.set(token, { subject, settle, expireIn });
    signal?.addEventListener("abort", cancelled, { once: true });
    if (signal?.aborted) return cancelled();
    const reply = base + token;
    try {
      link.nc.publish(subject, payload, headers === undefined ? { reply } : { reply, headers });
    } catch {
      // The client throws when it is closed, and when a reconnected server takes less than the last one did.
      settle(none(503, REASONS.lost));
    }

    function settle(answer: Answer): void {
      clearTimeout(timer);
      requests.delete(token);
      signal?.removeEventListener("abort", cancelled);
      resolve(answer);
    }

    function expireIn(milliseconds: number, answer: Answer): void {
      if (Date.now() + milliseconds >= endsAt) return;
      endsAt = Date.now() + milliseconds;
      clearTimeout(timer);
      timer = setTimeout(() => settle(answer), milliseconds);
    }
  }

  function receive(message: Msg): void {
    const waiting = requests.get(message.subject.slice(base.length));
    if (waiting === undefined) return;
    const { data } = message;
    if (data.length === 0 && message.headers?.code === 503) waiting.settle(none(503, REASONS.nobody));
    else waiting.settle({ kind: "reply", data });
  }
}

function none(status: 499 | 503 | 504, reason: string): Answer {
  return { kind: "none", status, reason };
}
