import type { AsyncLocalStorage } from "node:async_hooks";
import {
  type Context,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import type { Ambient, Step, StepKind } from "./step.ts";

const SPAN_KIND: Readonly<Record<StepKind, SpanKind>> = {
  request: SpanKind.CLIENT,
  handle: SpanKind.SERVER,
  publish: SpanKind.PRODUCER,
  consume: SpanKind.CONSUMER,
};

export interface SpanStepOptions {
  readonly ambient: AsyncLocalStorage<Ambient>;
  readonly tracer: Tracer;
  readonly service: string;
  readonly kind: StepKind;
  readonly subject: string;
  readonly parent: Context;
}

/** A step that is an OpenTelemetry span, named and described as the messaging conventions say. */
export class SpanStep implements Step {
  readonly traceId: string;
  readonly traceparent: string;
  readonly tracestate: string | undefined;
  readonly #ambient: AsyncLocalStorage<Ambient>;
  readonly #span: Span;
  readonly #here: Context;

  constructor({ ambient, tracer, service, kind, subject, parent }: SpanStepOptions) {
    this.#ambient = ambient;
    const attributes = {
      "messaging.system": "nats",
      "messaging.operation.name": kind,
      "messaging.destination.name": subject,
      "messaging.client.id": service,
    };
    this.#span = tracer.startSpan(`${kind} ${subject}`, { kind: SPAN_KIND[kind], attributes }, parent);
    this.#here = trace.setSpan(parent, this.#span);
    const { traceId, spanId, traceFlags } = this.#span.spanContext();
    // Whatever propagators are configured, the bus itself speaks W3C.
    const headers: { traceparent?: string; tracestate?: string } = {};
    propagation.inject(this.#here, headers);
    this.traceId = traceId;
    this.traceparent = headers.traceparent ?? `00-${traceId}-${spanId}-0${traceFlags & 1}`;
    this.tracestate = headers.tracestate;
  }

  run<Result>(requestId: string, work: () => Result): Result {
    return this.#ambient.run({ requestId, step: this }, () => context.with(this.#here, work));
  }

  end(status: number | undefined, error?: unknown): void {
    if (status !== undefined) this.#span.setAttribute("trunkline.status", status);
    if (error instanceof Error) this.#span.recordException(error);
    if (error !== undefined || (status ?? 0) >= 500) this.#span.setStatus({ code: SpanStatusCode.ERROR });
    this.#span.end();
  }
}
