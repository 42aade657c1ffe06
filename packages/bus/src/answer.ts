import type { RequestContract } from "@trunkline/contracts";
import type { Logger } from "pino";
import { type ClaimCheck, isClaim } from "./claim-check.ts";
import { complaintAbout } from "./complaint.ts";
import { isStatus, readEnvelope, type WireId } from "./envelope.ts";
import {
  ClaimGoneError,
  InvalidBodyError,
  InvalidPayloadError,
  NotJsonError,
  StoreUnavailableError,
} from "./errors.ts";
import type { IdempotentWrites } from "./idempotency.ts";
import { readJson } from "./json.ts";
import { shortId } from "./random-id.ts";
import { HandledRequest } from "./request-context.ts";
import type { Step } from "./step.ts";
import type { Tracing } from "./tracing.ts";
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
  readonly requestId: WireId;
  /** Null when the deadline passed before there was one. */
  readonly reply: HandlerReply | null;
}

/** Reads, checks and handles the requests of one contract. */
export class Answering {
  readonly #parts: AnswerParts;
  readonly #perform: Handler<RequestContract>;
  readonly #inHand = new Set<HandledRequest>();
  #isStopping = false;

  constructor(parts: AnswerParts) {
    const { contract, handler, recover, writes } = parts;
    this.#parts = parts;
    this.#perform = contract.effect === "write" ? writes.once(contract, handler, recover) : handler;
  }

  /** Never rejects: whatever happens has a status. */
  async answer(payload: Uint8Array, metadata: Metadata, deadline: number): Promise<Answer> {
    const { contract, claims, tracing } = this.#parts;
    const step = tracing.continue("handle", contract.subject, metadata);
    let requestId: WireId | undefined;
    let request: HandledRequest | undefined;
    try {
      const received = readJson(payload);
      const envelope = readEnvelope(isClaim(received) ? readJson(await claims.fetch(received, "one")) : received);
      requestId = envelope.requestId ?? metadata.requestId ?? shortId();
      const parsed = contract.body.safeParse(envelope.body);
      if (!parsed.success) {
        throw new InvalidBodyError(complaintAbout(contract.complaints, envelope.body, parsed.error));
      }
      const id = String(requestId);
      request = new HandledRequest({ requestId: id, deadline, metadata, step }, this.#parts.logger);
      this.#inHand.add(request);
      const working = request;
      const reply: HandlerReply | undefined = await step.run(id, () => this.#perform(parsed.data, working));
      if (!isStatus(reply?.status)) throw new TypeError("the handler's reply has no integer status");
      step.end(reply.status);
      return { requestId, reply };
    } catch (error) {
      requestId ??= metadata.requestId ?? shortId();
      const isLate = request?.isExpired || Date.now() >= deadline;
      const reply = isLate ? this.#tooLate(error, requestId, deadline) : this.#replyFor(error, requestId, step);
      step.end(reply?.status, error);
      return { requestId, reply };
    } finally {
      if (request !== undefined) this.#release(request);
    }
  }

  #release(request: HandledRequest): void {
    this.#inHand.delete(request);
    request.release();
  }

  /** Aborts the handlers that run now. */
  abort(): void {
    this.#isStopping = true;
    for (const request of this.#inHand) request.abort(STOPS);
  }

  /** Work that its deadline ended fails with all sorts of errors; whoever still waits learns that it took too long. */
  #tooLate(error: unknown, requestId: WireId, deadline: number): HandlerReply | null {
    this.#parts.logger.warn({ err: error, request_id: requestId }, "the deadline ended a request");
    return Date.now() < deadline ? TOO_LATE : null;
  }

  #replyFor(error: unknown, requestId: WireId, { traceId }: Step): HandlerReply {
    const { logger } = this.#parts;
    const refusal = this.#isStopping ? { status: 503, body: STOPS } : refusalFor(error);
    if (refusal === undefined) return failureReply(logger, error, { request_id: requestId, trace_id: traceId });
    logger.info({ request_id: requestId, trace_id: traceId, status: refusal.status }, "request refused");
    return refusal;
  }
}

const STOPS = "the service stops";
const TOO_LATE: HandlerReply = { status: 504, body: "no answer in time" };

/** The reply when something unforeseen went wrong: an id, by which the log tells the rest to those who may know. */
export function failureReply(logger: Logger, error: unknown, facts: object): HandlerReply {
  const id = shortId();
  logger.error({ ...facts, err: error, error_id: id }, "request failed");
  return { status: 500, body: { error: "internal error", id } };
}

/** The reply to a request that cannot be handled as it came; undefined when the fault is ours. */
export function refusalFor(error: unknown): HandlerReply | undefined {
  if (error instanceof NotJsonError) return { status: 400, body: "the request is not JSON" };
  if (error instanceof InvalidPayloadError) return { status: 400, body: error.message };
  if (error instanceof InvalidBodyError) return { status: 400, body: error.complaint };
  if (error instanceof ClaimGoneError) return { status: 410, body: error.message };
  if (error instanceof StoreUnavailableError) return { status: 503, body: "Redis is unavailable to this service" };
  return undefined;
}
