import { AsyncLocalStorage } from "node:async_hooks";
import { context, ProxyTracerProvider, propagation, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { PlainStep } from "./plain-step.ts";
import { SpanStep } from "./span-step.ts";
import type { Ambient, Step, TraceHeaders } from "./step.ts";

export interface Tracing {
  /** A step that continues what the current work belongs to. */
  begin(kind: "request" | "publish", subject: string): Step;
  /** A step that continues what a message says it belongs to. */
  continue(kind: "handle" | "consume", subject: string, from: TraceHeaders): Step;
  /** The id of the request whose handling the current work is part of. */
  readonly currentRequestId: string | undefined;
}

/**
 * Trace context for every message. With an OpenTelemetry SDK registered before the bus connects, each step is a span
 * that the SDK samples and exports; without one the context still travels and stands in every log line.
 */
export function createTracing(service: string): Tracing {
  const ambient = new AsyncLocalStorage<Ambient>();
  const tracer = isSdkRegistered() ? trace.getTracer("@trunkline/bus") : undefined;
  return {
    begin(kind, subject) {
      if (tracer === undefined) return new PlainStep(ambient, ambient.getStore()?.step);
      return new SpanStep({ ambient, tracer, service, kind, subject, parent: context.active() });
    },
    continue(kind, subject, from) {
      if (tracer === undefined) return new PlainStep(ambient, from);
      return new SpanStep({ ambient, tracer, service, kind, subject, parent: propagation.extract(ROOT_CONTEXT, from) });
    },
    get currentRequestId() {
      return ambient.getStore()?.requestId;
    },
  };
}

/** Without an SDK the provider is one that does nothing, the same that a fresh proxy starts with. */
function isSdkRegistered(): boolean {
  const provider = trace.getTracerProvider();
  if (!(provider instanceof ProxyTracerProvider)) return true;
  return provider.getDelegate() !== new ProxyTracerProvider().getDelegate();
}
