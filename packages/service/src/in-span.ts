import { isSpanContextValid, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Logger } from "pino";
import { reasonOf } from "./errors.ts";

/**
 * Runs work as the root of a trace: everything that it asks for belongs to it. Without OpenTelemetry it just runs it.
 *
 * @param work gets a logger whose lines name the trace
 */
export function inSpan<T>(name: string, logger: Logger, work: (logger: Logger) => Promise<T>): Promise<T> {
  return trace.getTracer("@trunkline/service").startActiveSpan(name, { root: true }, async (span) => {
    const context = span.spanContext();
    try {
      return await work(isSpanContextValid(context) ? logger.child({ trace_id: context.traceId }) : logger);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: reasonOf(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}
