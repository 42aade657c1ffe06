import type { AsyncLocalStorage } from "node:async_hooks";
import { randomHex } from "./random-id.ts";
import type { Ambient, Step, TraceHeaders } from "./step.ts";

// version, trace id, parent id, flags; an id of zeros alone means "none"
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})/;
const NO_TRACE = "0".repeat(32);

/** A step without a span: ids are made when somebody asks for them. */
export class PlainStep implements Step {
  readonly #ambient: AsyncLocalStorage<Ambient>;
  readonly #parent: TraceHeaders | undefined;
  #traceId = "";
  #flags = "";
  #traceparent = "";

  constructor(ambient: AsyncLocalStorage<Ambient>, parent: TraceHeaders | undefined) {
    this.#ambient = ambient;
    this.#parent = parent;
  }

  get traceId(): string {
    if (this.#traceId === "") this.#identify();
    return this.#traceId;
  }

  get traceparent(): string {
    if (this.#traceparent === "") this.#traceparent = `00-${this.traceId}-${randomHex(8)}-${this.#flags}`;
    return this.#traceparent;
  }

  get tracestate(): string | undefined {
    return this.#parent?.tracestate;
  }

  run<Result>(requestId: string, work: () => Result): Result {
    return this.#ambient.run({ requestId, step: this }, work);
  }

  end(): void {}

  #identify(): void {
    const parent = this.#parent?.traceparent;
    const [, traceId = NO_TRACE, flags = "01"] = (parent === undefined ? undefined : TRACEPARENT.exec(parent)) ?? [];
    this.#traceId = traceId === NO_TRACE ? randomHex(16) : traceId;
    this.#flags = flags;
  }
}
