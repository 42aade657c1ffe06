/** What travels in headers: W3C trace context. */
export interface TraceHeaders {
  readonly traceparent: string | undefined;
  readonly tracestate: string | undefined;
}

/** One step of a trace: a request sent or handled, a message published or consumed. */
export interface Step extends TraceHeaders {
  readonly traceId: string;
  readonly traceparent: string;
  /** Runs work as part of this step: what it asks for and publishes belongs to the same trace. */
  run<Result>(requestId: string, work: () => Result): Result;
  /** Ends the step. A status of 500 or more, or an error, marks it as failed. */
  end(status: number | undefined, error?: unknown): void;
}

export type StepKind = "request" | "handle" | "publish" | "consume";

/** What the work at hand belongs to. */
export interface Ambient {
  readonly requestId: string;
  readonly step: TraceHeaders;
}
