import type { RequestContract } from "@trunkline/contracts";
import type { Logger } from "pino";
import type { ClaimCheck } from "./claim-check.ts";
import { complaintAbout } from "./complaint.ts";
import { isStatus, readEnvelope } from "./envelope.ts";
import {
  ClaimGoneError,
  DeadlinePassedError,
  InvalidPayloadError,
  NotJsonError,
  StoreUnavailableError,
} from "./errors.ts";
import type { IdempotentWrites } from "./idempotency.ts";
import { shortId } from "./random-id.ts";
import { HandledRequest } from "./request-context.ts";
import type { Step, Tracing } from "./tracing.ts";
import type { Handler, HandlerReply, ServeOptions } from "./types.ts";
import type { Metadata } from "./wire-headers.ts";

export interface AnswerParts {
  readonly contract: RequestContract;
  readonly handler: Handler<RequestContract>;
  readonly recover: ServeOptions<RequestContract>["recover"];
  readonly claims: ClaimCheck;
  readonly writes: IdempotentWrites;
  readonly tracing: Tracing;
  /** Names service and subject. */
  readonly logger: Logger;
}

export interface Answer {
  readonly requestId: string;
  /** Null when the deadline passed before there was one. */
  readonly reply: HandlerReply | null;
  /** What went wrong, in a few safe words. */
  readonly problem: string | undefined;
}

export interface Answering {
  /** Reads, checks and handles one request. It never throws: whatever happens has a status. */
  answer(payload: Uint8Array, metadata: Metadata, deadline: number): Promise<Answer>;
  /** Aborts the handlers that run now. */
  abort(): void;
}

export function createAnswering(parts: AnswerParts): Answering {
  const { contract, claims, tracing, logger } = parts;
  const inHand = new Set<HandledRequest>();
  const perform =
    contract.effect === "write" ? parts.writes.once(contract, parts.handler, parts.recover) : parts.handler;

  return {
    async answer(payload, metadata, deadline) {
      const step = tracing.continue("handle", contract.subject, metadata);
      let requestId = metadata.requestId;
      try {
        const envelope = readEnvelope(await claims.read(payload, "one"));
        requestId = envelope.requestId ?? requestId ?? shortId();
        const parsed = contract.body.safeParse(envelope.body);
        if (!parsed.success) {
          throw new InvalidPayloadError(complaintAbout(contract.complaints, envelope.body, parsed.error));
        }
        const { idempotencyKey } = metadata;
        const { traceId } = step;
        const request = new HandledRequest({ requestId, deadline, idempotencyKey, traceId }, logger);
        const reply = await handle(parsed.data, request, step);
        step.end({ status: reply.status });
        return { requestId, reply, problem: undefined };
      } catch (error) {
        requestId ??= shortId();
        const answer = answerFor(error, requestId, step);
        step.end({ error, ...(answer.reply ? { status: answer.reply.status } : {}) });
        return answer;
      }
    },
    abort() {
      for (const request of inHand) request.abort("the service stops");
    },
  };

  async function handle(body: unknown, request: HandledRequest, step: Step): Promise<HandlerReply> {
    inHand.add(request);
    try {
      const reply: HandlerReply | undefined = await step.run(request.requestId, () => perform(body, request));
      if (!isStatus(reply?.status)) throw new TypeError("the handler's reply has no integer status");
      return reply;
    } finally {
      inHand.delete(request);
      request.release();
    }
  }

  function answerFor(error: unknown, requestId: string, step: Step): Answer {
    const refusal = refusalFor(error);
    if (refusal !== undefined) {
      const { status, body } = refusal;
      logger.info({ request_id: requestId, trace_id: step.traceId, status }, "request refused");
      return { requestId, reply: refusal, problem: String(body) };
    }
    if (error instanceof DeadlinePassedError) return { requestId, reply: null, problem: undefined };
    // The id alone leaves the service: whoever has it finds the rest in this line.
    const id = shortId();
    logger.error({ err: error, error_id: id, request_id: requestId, trace_id: step.traceId }, "request failed");
    return { requestId, reply: { status: 500, body: { error: "internal error", id } }, problem: `error ${id}` };
  }
}

/** The reply to a request that cannot be handled as it came; undefined when the fault is ours. */
function refusalFor(error: unknown): HandlerReply | undefined {
  if (error instanceof NotJsonError) return { status: 400, body: "the request is not JSON" };
  if (error instanceof InvalidPayloadError) return { status: 400, body: error.message };
  if (error instanceof ClaimGoneError) return { status: 410, body: error.message };
  if (error instanceof StoreUnavailableError) return { status: 503, body: "Redis is unavailable to this service" };
  return undefined;
}
