/** Why no usable answer was had. */
export type FailureReason =
  /** No connection: refused, or no route. */
  | "refused"
  /** The connection broke before the answer was complete. */
  | "reset"
  | "dns"
  /** The certificate is not trusted or is another host's, or the handshake failed. */
  | "tls"
  /** The third party was too slow, by our own limits or for a caller that had been patient. */
  | "timeout"
  /** The answer or the request is larger than allowed. */
  | "too-large"
  /** A 2xx answer that is no JSON, such as the page of a proxy. */
  | "not-json"
  /** JSON that ends too early. */
  | "truncated"
  /** Too many failures lately: not even tried. */
  | "breaker-open"
  /** Too many requests are waiting for this system: not even tried. */
  | "busy"
  /** The credentials were not taken. */
  | "login-failed"
  /** The caller gave up, or its deadline passed, before the third party could be called slow. */
  | "cancelled"
  /** The path cannot be built from what was given; the message names the part. */
  | "bad-path";

const TRANSIENT: ReadonlySet<FailureReason> = new Set([
  "refused",
  "reset",
  "dns",
  "timeout",
  "truncated",
  "breaker-open",
  "busy",
]);

/** Nothing was sent, or nothing of the request itself. */
const NEVER_SENT: ReadonlySet<FailureReason> = new Set([
  "refused",
  "dns",
  "tls",
  "breaker-open",
  "busy",
  "login-failed",
  "bad-path",
]);

export interface FailureFacts {
  readonly system: string;
  readonly host: string;
  /** Absent where the failure is a session's rather than a call's. */
  readonly method?: string;
  /** The path template, never the path. */
  readonly endpoint?: string;
  /** Status of the answer, where one had begun. */
  readonly status?: number;
  /** As the operating system, TLS or the HTTP parser call it: ECONNREFUSED, CERT_HAS_EXPIRED, ... */
  readonly code?: string;
  /** What exactly, in safe words. */
  readonly detail?: string;
}

/**
 * The one error of this package. Its message and facts are safe to log and to show: no headers, no bodies, no query,
 * no path parameters. It has no `cause`, because what the HTTP client throws carries all of those.
 */
export class ThirdPartyError extends Error {
  override readonly name = "ThirdPartyError";
  readonly reason: FailureReason;
  readonly facts: FailureFacts;

  constructor(reason: FailureReason, facts: FailureFacts) {
    const what = facts.endpoint === undefined ? "" : ` ${facts.method} ${facts.endpoint}:`;
    const because = facts.detail ?? facts.code;
    super(`${facts.system}:${what} ${reason}${because === undefined ? "" : ` (${because})`}`);
    this.reason = reason;
    this.facts = facts;
  }

  /** Whether the same call may succeed a little later. */
  get transient(): boolean {
    return TRANSIENT.has(this.reason);
  }

  /** Whether the third party may have had the request, and so done what it asks for, without our knowing. */
  get mayHaveArrived(): boolean {
    return !NEVER_SENT.has(this.reason);
  }
}

/** Thrown by a session's `login`: the third party answered, and did not let us in. */
export class LoginRefused extends Error {
  override readonly name = "LoginRefused";
  readonly status: number;

  constructor(status: number) {
    super(`login was refused with status ${status}`);
    this.status = status;
  }
}
