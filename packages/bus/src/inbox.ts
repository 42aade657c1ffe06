import type { Msg } from "nats";
import type { Link } from "./link.ts";
import { shortId } from "./random-id.ts";

/** What became of a request on the wire: the bytes of a reply, or why there is none. */
export type Answer = Uint8Array | NoAnswer;

export class NoAnswer {
  /** 499 the caller gave up, 503 nobody was reached, 504 no answer in time. */
  readonly status: 499 | 503 | 504;
  readonly reason: string;

  constructor(status: 499 | 503 | 504, reason: string) {
    this.status = status;
    this.reason = reason;
  }
}

export interface Question {
  readonly subject: string;
  /** A block of headers; empty for none. */
  readonly headers: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
}

interface Waiting {
  readonly subject: string;
  readonly resolve: (answer: Answer) => void;
  /** Stops listening to the caller's signal. */
  readonly release: (() => void) | undefined;
  deadline: number;
  /** What to say when the deadline passes. */
  otherwise: NoAnswer;
}

// An answer that was under way when the connection broke may still come over the new one; after this it will not.
const LOST_GRACE_MS = 10_000;
// Of a hundred million million names: no two replicas of a service share one. It travels twice with every request, and
// both ends and the server go through it character by character.
const NAME_LENGTH = 8;
// One look at all that wait costs less than a timer for each; this is how late a deadline may be noticed.
const TICK_MS = 20;

/** The server says so itself: the question reached nobody and had no effect. */
export const NOBODY = new NoAnswer(503, "nobody answers this subject");
const LOST = new NoAnswer(503, "the connection to NATS was lost on the way");
const FORBIDDEN = new NoAnswer(503, "this service may not publish to this subject");
const CLOSED = new NoAnswer(503, "the connection to NATS is closed");
const EXPIRED = new NoAnswer(504, "no answer in time");
const CANCELLED = new NoAnswer(499, "the caller gave up");

/**
 * Requests that wait for their answers, over one wildcard subscription. The client has the same, but runs each request
 * through a race of promises and makes an error with a stack for it, which costs more than the rest of a request.
 */
export class Inbox {
  readonly #link: Link;
  readonly #base: string;
  readonly #requests = new Map<string, Waiting>();
  #count = 0;
  #ticking: NodeJS.Timeout | undefined;

  constructor(link: Link, prefix: string) {
    this.#link = link;
    this.#base = `${prefix}.${shortId().slice(0, NAME_LENGTH)}.`;
    link.nc.subscribe(this.subject, {
      callback: (error, message) => {
        if (error === null) this.#receive(message);
      },
    });
    link.events.on("lost", () => this.#shorten());
    link.events.on("forbidden", (subject) => this.#settleAll(FORBIDDEN, subject));
  }

  /** Where all answers come in. */
  get subject(): string {
    return `${this.#base}*`;
  }

  /** Sends a question and resolves with what becomes of it; never rejects. */
  ask(question: Question): Promise<Answer> {
    return new Promise((resolve) => this.#send(question, resolve));
  }

  /** How many requests wait, by subject. */
  waiting(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { subject } of this.#requests.values()) counts.set(subject, (counts.get(subject) ?? 0) + 1);
    return counts;
  }

  /** Ends all that wait: no answer can come any more. */
  close(): void {
    this.#settleAll(CLOSED);
  }

  #send({ subject, text, headers, deadline, signal }: Question, resolve: (answer: Answer) => void): void {
    if (signal?.aborted) {
      resolve(CANCELLED);
      return;
    }
    this.#count += 1;
    const token = this.#count.toString(36);
    const release = signal === undefined ? undefined : onAbort(signal, () => this.#settle(token, CANCELLED));
    this.#requests.set(token, { subject, resolve, release, deadline, otherwise: EXPIRED });
    this.#ticking ??= setInterval(() => this.#tick(), TICK_MS);
    try {
      this.#link.send({ subject, reply: this.#base + token, headers, text });
    } catch {
      // The connection was closed for good.
      this.#settle(token, LOST);
    }
  }

  #receive(message: Msg): void {
    const { data } = message;
    const isNobody = data.length === 0 && message.headers?.code === 503;
    this.#settle(message.subject.slice(this.#base.length), isNobody ? NOBODY : data);
  }

  #settle(token: string, answer: Answer): void {
    const waiting = this.#requests.get(token);
    if (waiting === undefined) return;
    this.#requests.delete(token);
    waiting.release?.();
    waiting.resolve(answer);
  }

  #settleAll(answer: NoAnswer, subject?: string): void {
    for (const [token, waiting] of this.#requests) {
      if (subject === undefined || waiting.subject === subject) this.#settle(token, answer);
    }
  }

  #shorten(): void {
    const latest = Date.now() + LOST_GRACE_MS;
    for (const waiting of this.#requests.values()) {
      if (waiting.deadline <= latest) continue;
      waiting.deadline = latest;
      waiting.otherwise = LOST;
    }
  }

  #tick(): void {
    const now = Date.now();
    for (const [token, { deadline, otherwise }] of this.#requests) if (now >= deadline) this.#settle(token, otherwise);
    if (this.#requests.size > 0) return;
    clearInterval(this.#ticking);
    this.#ticking = undefined;
  }
}

function onAbort(signal: AbortSignal, listener: () => void): () => void {
  signal.addEventListener("abort", listener, { once: true });
  return () => signal.removeEventListener("abort", listener);
}
