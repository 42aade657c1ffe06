import { AsyncLocalStorage } from "node:async_hooks";
import {
  type Context,
  context,
  ProxyTracerProvider,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { randomHex } from "./random-id.ts";

/** What travels in headers: W3C trace context. */
export interface TraceHeaders {
  readonly traceparent: string | undefined;
  readonly tracestate: string | undefined;
}

/** One step of a trace: a request sent, a request handled, a message published or consumed. */
export interface Step extends TraceHeaders {
  readonly traceparent: string;
  readonly traceId: string;
  /** Runs work as part of this step: what it asks for and publishes belongs to the same trace. */
  run<Result>(requestId: string, work: () => Result): Result;
  /** Ends the step. A status of 500 or more, or something thrown, marks it as failed. */
  end(outcome: { readonly status?: number; readonly error?: unknown }): void;
}

/** What the work at hand belongs to. */
interface Ambient extends TraceHeaders {
  readonly requestId: string;
}

export type StepKind = "request" | "handle" | "publish" | "consume";

export interface Tracing {
  /** A step that continues what the current work belongs to. */
  begin(kind: "request" | "publish", subject: string): Step;
  /** A step that continues what a message says it belongs to. */
  continue(kind: "handle" | "consume", subject: string, from: TraceHeaders): Step;
  /** The id of the request whose handling the current work is part of. */
  readonly currentRequestId: string | undefined;
}

const SPAN_KIND: Readonly<Record<StepKind, SpanKind>> = {
  request: SpanKind.CLIENT,
  handle: SpanKind.SERVER,
  publish: SpanKind.PRODUCER,
  consume: SpanKind.CONSUMER,
};

/**
 * Trace context for every message. With an OpenTelemetry SDK registered (before the bus connects) each step is a
 * span that the SDK samples and exports; without one the context still travels and stands in every log line.
 */
export function createTracing(service: string): Tracing {
  const ambient = new AsyncLocalStorage<Ambient>();
  const hasSdk = isSdkRegistered();
  return {
    begin(kind, subject) {
      if (hasSdk) return spanStep(kind, subject, context.active());
      return plainStep(ambient.getStore());
    },
    continue(kind, subject, from) {
      if (hasSdk) return spanStep(kind, subject, propagation.extract(ROOT_CONTEXT, from));
      return plainStep(from);
    },
    get currentRequestId() {
      return ambient.getStore()?.requestId;
    },
  };

  function plainStep(parent: TraceHeaders | undefined): Step {
    const traceId = traceIdOf(parent?.traceparent) ?? randomHex(16);
    const traceparent = `00-${traceId}-${randomHex(8)}-${flagsOf(parent?.traceparent)}`;
    const tracestate = parent?.tracestate;
    return {
      traceId,
      traceparent,
      tracestate,
      run: (requestId, work) => ambient.run({ requestId, traceparent, tracestate }, work),
      end() {},
    };
  }

  function spanStep(kind: StepKind, subject: string, parent: Context): Step {
    const attributes = {
      "messaging.system": "nats",
      "messaging.destination.name": subject,
      "messaging.operation.name": kind,
      "messaging.client.id": service,
    };
    const tracer = trace.getTracer("@trunkline/bus");
    const span = tracer.startSpan(`${kind} ${subject}`, { kind: SPAN_KIND[kind], attributes }, parent);
    const here = trace.setSpan(parent, span);
    const headers: { traceparent?: string; tracestate?: string } = {};
    propagation.inject(here, headers);
    const { traceId, spanId, traceFlags } = span.spanContext();
    const traceparent = headers.traceparent ?? `00-${traceId}-${spanId}-0${traceFlags & 1}`;
    const { tracestate } = headers;
    return {
      traceId,
      traceparent,
      tracestate,
      run: (requestId, work) => ambient.run({ requestId, traceparent, tracestate }, () => context.with(here, work)),
      end: (outcome) => endSpan(span, outcome),
    };
  }
}

function endSpan(span: Span, { status, error }: { status?: number; error?: unknown }): void {
  if (status !== undefined) span.setAttribute("trunkline.status", status);
  if (error instanceof Error) span.recordException(error);
  if (error !== undefined || (status ?? 0) >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** Without an SDK every span is of a provider that does nothing, the one that a fresh proxy starts with. */
function isSdkRegistered(): boolean {
  const provider = trace.getTracerProvider();
  if (!("getDelegate" in provider)) return true;
  const delegate = (provider as ProxyTracerProvider).getDelegate();
  return delegate !== new ProxyTracerProvider().getDelegate();
}

// version, trace id, parent id, flags; an id of zeros alone means "none"
const TRACEPARENT = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})/;

function traceIdOf(traceparent: string | undefined): string | undefined {
  return traceparent === undefined ? undefined : TRACEPARENT.exec(traceparent)?.[1];
}

function flagsOf(traceparent: string | undefined): string {
  return (traceparent === undefined ? undefined : TRACEPARENT.exec(traceparent)?.[2]) ?? "01";
}
