import type { Retryable } from "./types.ts";

/** Thrown by a message handler that wants the message again, after `retryAfterMs` where a third party named a time. */
export class RetryLater extends Error implements Retryable {
  override readonly name = "RetryLater";
  readonly retryAfterMs?: number;

  constructor(options: { message?: string; retryAfterMs?: number; cause?: unknown } = {}) {
    super(options.message ?? "try again later", { cause: options.cause });
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
  }
}

/** Thrown by a message handler that will never be able to process the message: it is parked at once. */
export class Undeliverable extends Error {
  override readonly name = "Undeliverable";
}

/** No NATS server could be reached within the time given. */
export class CannotConnectError extends Error {
  override readonly name = "CannotConnectError";
  readonly servers: string;

  constructor(servers: string, cause: unknown) {
    super(`cannot connect to NATS at ${servers}: ${messageOf(cause)}`, { cause });
    this.servers = servers;
  }
}

/** A fault in the calling code: a write needs a key that names the decision behind it. */
export class MissingIdempotencyKeyError extends Error {
  override readonly name = "MissingIdempotencyKeyError";
  readonly subject: string;

  constructor(subject: string) {
    super(`a request to ${subject} changes something and needs an idempotencyKey`);
    this.subject = subject;
  }
}

/** NATS refuses this user a subject: nothing was sent, or nothing will be received. */
export class NotAllowedError extends Error {
  override readonly name = "NotAllowedError";
  readonly subject: string;

  constructor(operation: "publish" | "subscribe", subject: string) {
    super(`NATS does not allow this service to ${operation} to ${subject}`);
    this.subject = subject;
  }
}

/** A message could not be handed to NATS within the time given. */
export class NotPublishedError extends Error {
  override readonly name = "NotPublishedError";
  readonly subject: string;

  constructor(subject: string, cause: unknown) {
    super(`a message to ${subject} was not published: ${messageOf(cause)}`, { cause });
    this.subject = subject;
  }
}

/** Bytes that are no JSON. */
export class NotJsonError extends Error {
  override readonly name = "NotJsonError";

  constructor(cause?: unknown) {
    super("not JSON", { cause });
  }
}

/** JSON, but not an envelope or not what the contract says. `message` names the field. */
export class InvalidPayloadError extends Error {
  override readonly name = "InvalidPayloadError";
}

/** A request's body is not what the contract says. */
export class InvalidBodyError extends Error {
  override readonly name = "InvalidBodyError";
  /** What the requester is told: a text, or a list of wrong fields. */
  readonly complaint: unknown;

  constructor(complaint: unknown) {
    super("the body is not what the contract says");
    this.complaint = complaint;
  }
}

/** A parked payload whose claim token has expired or was never stored. */
export class ClaimGoneError extends Error {
  override readonly name = "ClaimGoneError";

  constructor() {
    super("the parked payload is gone");
  }
}

/** Redis does not take or give what the bus keeps there. */
export class StoreUnavailableError extends Error {
  override readonly name = "StoreUnavailableError";

  constructor(cause: unknown) {
    super(`Redis is unavailable: ${messageOf(cause)}`, { cause });
  }
}

/** The text of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
