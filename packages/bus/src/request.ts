import type { BodyOf, ReplyOf, RequestContract } from "@trunkline/contracts";
import type { Logger } from "pino";
import type { ClaimCheck } from "./claim-check.ts";
import { firstIssue } from "./complaint.ts";
import { encodeEnvelope, isSuccess, readReply } from "./envelope.ts";
import { ClaimGoneError, InvalidPayloadError, NotJsonError, StoreUnavailableError } from "./errors.ts";
import type { Answer, Inbox } from "./inbox.ts";
import type { Link } from "./link.ts";
import { type BusMetrics, statusClass } from "./metrics.ts";
import type { Step, Tracing } from "./tracing.ts";
import type { Reply, RequestOptions } from "./types.ts";
import { SentHeaders, wireHeader } from "./wire-headers.ts";

// A timer cannot wait longer.
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export interface RequesterParts {
  readonly link: Link;
  readonly inbox: Inbox;
  readonly claims: ClaimCheck;
  readonly tracing: Tracing;
  readonly metrics: BusMetrics;
  readonly logger: Logger;
}

export type Requester = <C extends RequestContract>(
  contract: C,
  body: BodyOf<C>,
  options: RequestOptions & { readonly requestId: string },
) => Promise<Reply<ReplyOf<C>>>;

/** Sends a request and reads its reply. A peer's failure is a reply too, never an exception. */
export function createRequester(parts: RequesterParts): Requester {
  const { link, inbox, claims, tracing, metrics, logger } = parts;

  return async (contract, body, options) => {
    const startedAt = performance.now();
    const step = tracing.begin("request", contract.subject);
    const reply = await exchange(contract, body, options, step);
    step.end({ status: reply.status });
    metrics.requestDuration
      .labels(contract.subject, statusClass(reply.status))
      .observe((performance.now() - startedAt) / 1000);
    if (reply.status >= 500) {
      const { subject } = contract;
      const { requestId } = options;
      logger.warn({ subject, request_id: requestId, trace_id: step.traceId, status: reply.status }, "request failed");
    }
    return reply;
  };

  async function exchange<C extends RequestContract>(
    contract: C,
    body: BodyOf<C>,
    options: RequestOptions & { readonly requestId: string },
    step: Step,
  ): Promise<Reply<ReplyOf<C>>> {
    const timeoutMs = Math.min(options.timeoutMs ?? contract.timeoutMs, LONGEST_TIMEOUT_MS);
    const deadline = Date.now() + timeoutMs;
    const envelope = encodeEnvelope(options.requestId, body);
    if (!link.connected) return failure(503, "not connected to NATS");
    const headers = link.hasHeaders ? headersOf(options, deadline, step) : undefined;
    try {
      const size = envelope.length + (headers?.bytes.length ?? 0);
      const payload = claims.fits(size) ? envelope : await claims.park(envelope);
      const remainingMs = deadline - Date.now();
      const { subject } = contract;
      const answer = await inbox.ask({ subject, payload, headers, timeoutMs: remainingMs, signal: options.signal });
      return await interpret(contract, answer);
    } catch (error) {
      return failureFrom(error);
    }
  }

  async function interpret<C extends RequestContract>(contract: C, answer: Answer): Promise<Reply<ReplyOf<C>>> {
    if (answer.kind === "none") return failure(answer.status, answer.reason);
    const { status, body } = readReply(await claims.read(answer.data, "one"));
    if (!isSuccess(status)) return failure(status, body);
    const parsed = contract.reply.safeParse(body);
    if (!parsed.success) throw new InvalidPayloadError(firstIssue("reply.body", parsed.error));
    return { ok: true, status, body: parsed.data as ReplyOf<C> };
  }
}

function headersOf(options: RequestOptions & { requestId: string }, deadline: number, step: Step): SentHeaders {
  return new SentHeaders({
    [wireHeader.deadline]: String(deadline),
    [wireHeader.requestId]: options.requestId,
    [wireHeader.idempotencyKey]: options.idempotencyKey,
    [wireHeader.traceparent]: step.traceparent,
    [wireHeader.tracestate]: step.tracestate,
  });
}

function failure(status: number, body: unknown): Reply<never> {
  return { ok: false, status, body, withheld: false };
}

/** What a peer or a broker did wrong, as a reply; a fault of ours is thrown on. */
function failureFrom(error: unknown): Reply<never> {
  if (error instanceof NotJsonError) return failure(502, "reply: not JSON");
  if (error instanceof InvalidPayloadError) return failure(502, error.message);
  if (error instanceof ClaimGoneError) return failure(410, error.message);
  if (error instanceof StoreUnavailableError) return failure(503, "the store of large payloads is unavailable");
  throw error;
}
