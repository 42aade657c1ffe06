import type { Logger } from "pino";
import type { Step } from "./step.ts";
import type { RequestContext } from "./types.ts";
import type { Metadata } from "./wire-headers.ts";

// Longer delays overflow a timer and would fire at once.
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** What is kept of the time for the answer's way back: a tenth, and no more than this. */
const LONGEST_WAY_BACK_MS = 500;

export interface ContextFacts {
  readonly requestId: string;
  readonly deadline: number;
  readonly metadata: Metadata;
  readonly step: Step;
}

/** A handler's view of its request. The signal and the logger come into being when they are asked for: few ask. */
export class HandledRequest implements RequestContext {
  readonly requestId: string;
  readonly deadline: number;
  readonly #metadata: Metadata;
  readonly #step: Step;
  readonly #parentLogger: Logger;
  #controller: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;
  #logger: Logger | undefined;
  #isExpired = false;

  /** @param logger names service and subject */
  constructor(facts: ContextFacts, logger: Logger) {
    this.requestId = facts.requestId;
    this.deadline = facts.deadline;
    this.#metadata = facts.metadata;
    this.#step = facts.step;
    this.#parentLogger = logger;
  }

  get idempotencyKey(): string | undefined {
    return this.#metadata.idempotencyKey;
  }

  get logger(): Logger {
    this.#logger ??= this.#parentLogger.child({ request_id: this.requestId, trace_id: this.#step.traceId });
    return this.#logger;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      const left = Math.max(0, this.deadline - Date.now());
      const delay = Math.min(left - Math.min(left / 10, LONGEST_WAY_BACK_MS), LONGEST_TIMER_MS);
      this.#timer = setTimeout(() => this.#expire(), delay);
    }
    return this.#controller.signal;
  }

  /** Whether the deadline has aborted the work: soon enough for an answer that says so. */
  get isExpired(): boolean {
    return this.#isExpired;
  }

  abort(reason: string): void {
    void this.signal;
    this.#controller?.abort(new DOMException(reason, "AbortError"));
  }

  #expire(): void {
    this.#isExpired = true;
    this.abort("the deadline has passed");
  }

  /** The handler is done: nothing is left to abort. */
  release(): void {
    clearTimeout(this.#timer);
  }
}
