/** The third party's status other than OK, or our own client's for a call that broke. */
export type GrpcStatus =
  | "CANCELLED"
  | "UNKNOWN"
  | "INVALID_ARGUMENT"
  | "DEADLINE_EXCEEDED"
  | "NOT_FOUND"
  | "ALREADY_EXISTS"
  | "PERMISSION_DENIED"
  | "RESOURCE_EXHAUSTED"
  | "FAILED_PRECONDITION"
  | "ABORTED"
  | "OUT_OF_RANGE"
  | "UNIMPLEMENTED"
  | "INTERNAL"
  | "UNAVAILABLE"
  | "DATA_LOSS"
  | "UNAUTHENTICATED";

/** Why there is no answer. */
export type GrpcFailureReason =
  | GrpcStatus
  /** The caller gave up, or its deadline passed, before the third party could be called slow. */
  | "cancelled"
  /** Too much failed lately: not even tried. */
  | "breaker-open"
  /** Too many calls are waiting for this system: not even tried. */
  | "busy"
  /** The request does not fit its message; `details` names the field. */
  | "bad-message";

export interface GrpcFailureFacts {
  readonly system: string;
  readonly host: string;
  readonly method: string;
  /** How long the call was under way, in milliseconds; absent where it was not sent. */
  readonly afterMs?: number;
}

/**
 * The one error of this package. It has no `cause` and no metadata; `details` is what the third party said about its
 * status, or our client in few words, without addresses.
 */
export class GrpcError extends Error {
  override readonly name = "GrpcError";
  readonly reason: GrpcFailureReason;
  readonly details: string;
  readonly facts: GrpcFailureFacts;

  constructor(reason: GrpcFailureReason, details: string, facts: GrpcFailureFacts) {
    super(`${facts.system}: ${facts.method}: ${reason}`);
    this.reason = reason;
    this.details = details;
    this.facts = facts;
  }

  /** Whether the third party may have had the request, and so done what it asks for, without our knowing. */
  get mayHaveArrived(): boolean {
    return !NEVER_SENT.has(this.reason);
  }
}

const NEVER_SENT: ReadonlySet<GrpcFailureReason> = new Set(["breaker-open", "busy", "bad-message"]);
