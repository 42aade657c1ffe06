import type { MessageContract } from "@trunkline/contracts";
import type { MsgHdrs } from "nats";
import type { Logger } from "pino";
import { type ClaimCheck, isClaim } from "./claim-check.ts";
import { firstIssue } from "./complaint.ts";
import { isObject, readEnvelope } from "./envelope.ts";
import { ClaimGoneError, InvalidPayloadError, messageOf, NotJsonError, RetryLater, Undeliverable } from "./errors.ts";
import { readJson } from "./json.ts";
import { publishedId } from "./publish.ts";
import { shortId } from "./random-id.ts";
import { nextAttemptIn } from "./retry-delay.ts";
import type { Tracing } from "./tracing.ts";
import type { MessageContext } from "./types.ts";
import { readMetadata } from "./wire-headers.ts";

/** What became of one delivery. */
export type Outcome =
  | { readonly kind: "done" }
  | { readonly kind: "retry"; readonly afterMs: number; readonly reason: string }
  | { readonly kind: "dead"; readonly reason: string };

export type MessageHandler = (body: unknown, context: MessageContext) => Promise<void>;

export interface DeliveryParts {
  readonly contract: MessageContract;
  readonly handler: MessageHandler;
  readonly maxAttempts: number;
  readonly claims: ClaimCheck;
  readonly tracing: Tracing;
  /** Names service and subject. */
  readonly logger: Logger;
}

/** One delivery of a message. */
export interface Delivery {
  readonly message: { readonly data: Uint8Array; readonly headers?: MsgHdrs | undefined };
  /** 1 for the first. */
  readonly attempt: number;
  /** The message's place in its stream. */
  readonly sequence?: number;
  readonly signal: AbortSignal;
}

/** Reads a message, hands it to the handler and says what is to become of it. Never throws. */
export async function deliver(
  parts: DeliveryParts,
  { message, attempt, sequence, signal }: Delivery,
): Promise<Outcome> {
  const { contract, handler, maxAttempts, claims, tracing } = parts;
  const { subject } = contract;
  const metadata = readMetadata(message);
  const step = tracing.continue("consume", subject, metadata);
  let logger = parts.logger.child({ request_id: metadata.requestId, trace_id: step.traceId, attempt });
  try {
    const received = readJson(message.data);
    const value = isClaim(received) ? readJson(await claims.fetch(received, "many")) : received;
    const { requestId = metadata.requestId ?? shortId(), body } = unpack(contract, value);
    const messageId = publishedId(subject, metadata.messageId);
    logger = parts.logger.child({ request_id: requestId, trace_id: step.traceId, message_id: messageId, attempt });
    await step.run(requestId, () => handler(body, { requestId, messageId, sequence, attempt, signal, logger }));
    step.end(undefined);
    return { kind: "done" };
  } catch (error) {
    step.end(undefined, error);
    const outcome = outcomeOf(error, attempt, maxAttempts);
    logger[outcome.kind === "dead" ? "error" : "warn"]({ err: error, outcome }, "a message could not be processed");
    return outcome;
  }
}

/** @throws InvalidPayloadError */
export function unpack(contract: MessageContract, value: unknown): { requestId?: string; body: unknown } {
  const { requestId, body } = contract.envelope === "bare" ? { requestId: undefined, body: value } : unwrap(value);
  const parsed = contract.body.safeParse(body);
  if (!parsed.success) throw new InvalidPayloadError(firstIssue("body", parsed.error));
  return { ...(requestId === undefined ? {} : { requestId }), body: parsed.data };
}

/** Publishers of old put the body's keys beside the request id. */
function unwrap(value: unknown): { requestId: string | undefined; body: unknown } {
  const envelope = readEnvelope(value);
  const requestId = envelope.requestId === undefined ? undefined : String(envelope.requestId);
  if (!isObject(value) || "body" in value) return { requestId, body: envelope.body };
  const { request_id: _, ...body } = value;
  return { requestId, body };
}

function outcomeOf(error: unknown, attempt: number, maxAttempts: number): Outcome {
  const reason = messageOf(error);
  if (isHopeless(error)) return { kind: "dead", reason };
  if (attempt >= maxAttempts) return { kind: "dead", reason: `${attempt} attempts failed, the last one: ${reason}` };
  const named = error instanceof RetryLater ? error.retryAfterMs : undefined;
  return { kind: "retry", afterMs: nextAttemptIn(attempt, named), reason };
}

function isHopeless(error: unknown): boolean {
  return [NotJsonError, InvalidPayloadError, ClaimGoneError, Undeliverable].some((kind) => error instanceof kind);
}
