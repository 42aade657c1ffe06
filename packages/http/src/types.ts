import type { IncomingHttpHeaders } from "node:http";
import type { Clock } from "@trunkline/clock";
import type { BreakerOptions, RateLimitOptions } from "@trunkline/third-party";
import type { Logger } from "pino";
import type { Registry } from "prom-client";

/** One request to a third party. */
export interface Call {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** A template below the base URL, such as `/api/Ticket/{ticketId}/notes`; it is also the metrics' `endpoint`. */
  readonly path: string;
  /** What stands in the template's braces; each is encoded, and one that is empty, `.` or `..` is refused. */
  readonly pathParams?: Readonly<Record<string, string | number>>;
  /** A list becomes a repeated key; what is undefined or null is left out. */
  readonly query?: Readonly<Record<string, QueryValue | readonly QueryValue[] | undefined | null>>;
  /** Sent as JSON. Give `json` or `form`, or neither. */
  readonly json?: unknown;
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** What a 2xx answer must hold. With `text`, `body` is null and `text` has the answer. @default "json" */
  readonly expects?: "json" | "text" | "json-or-text";
  /** The caller's deadline: when it fires, the call ends and its connection is closed. */
  readonly signal: AbortSignal;
  /** Ties the log line to the request that caused the call. */
  readonly requestId: string;
}

/** Whose request a call is made for: it ends with that request's deadline. */
export type Caller = Pick<Call, "requestId" | "signal">;

export type QueryValue = string | number | boolean;

/** An answer, whatever its status: what a 404 or a 500 means is for the caller to say. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON. Null when the answer is empty, or is no JSON and its status is not 2xx. */
  readonly body: unknown;
  /** The answer as text where it is not JSON. */
  readonly text?: string;
  /** How long the third party asked to be left alone (`Retry-After`), in milliseconds. */
  readonly retryAfterMs?: number;
}

/** How to sign in, for third parties where that is a call of its own. */
export interface Session {
  /**
   * Signs in and returns the headers that every later call carries. Runs once at a time, however many calls wait.
   * @throws LoginRefused when the credentials were not taken; a ThirdPartyError of `call` may pass through
   */
  login(context: LoginContext): Promise<Credentials>;
  /** Whether an answer says that the session has ended. @default status 401 */
  isExpired?(answer: Answer): boolean;
}

export interface LoginContext {
  /** Calls the same third party without a session. */
  call(request: Omit<Call, "signal" | "requestId">): Promise<Answer>;
  readonly signal: AbortSignal;
  readonly requestId: string;
}

export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  /** Renewed in good time before this moment; without it, when an answer says that it has ended. */
  readonly expiresAt?: Date;
}

export interface ThirdPartyOptions {
  /** The `system` label of metrics and logs: bruin, velocloud, slack, ... */
  readonly name: string;
  /** `https://host[:port][/prefix]`; nothing else is ever contacted. `http:` is for loopback alone. */
  readonly baseUrl: string;
  /** Host name → `ip:port` to connect to instead; the name is still what TLS checks. */
  readonly hostAliases?: Readonly<Record<string, string>> | undefined;
  /** PEM bundle to trust beside the system's authorities. */
  readonly caFile?: string | undefined;
  readonly session?: Session;
  /** From the moment a request is sent until its answer is complete, in milliseconds. @default 60_000 */
  readonly timeoutMs?: number;
  /** From the moment a request is sent until the answer begins, in milliseconds. @default timeoutMs */
  readonly headersTimeoutMs?: number;
  /** Until the connection stands, in milliseconds. @default 10_000 */
  readonly connectTimeoutMs?: number;
  /** An answer (decompressed) or a request larger than this fails, in bytes. @default 64 MiB */
  readonly maxBytes?: number;
  readonly breaker?: BreakerOptions;
  readonly rateLimit?: RateLimitOptions;
  readonly logger: Logger;
  readonly metrics: Registry;
  /** Tells when a session ends. @default systemClock */
  readonly clock?: Clock;
  /** Sees every request that is about to be sent, repetitions and logins included, for metrics of the third party's own. */
  readonly onRequest?: (call: Pick<Call, "method" | "path">) => void;
  /** Sees every answer before the caller does, for metrics of the third party's own. */
  readonly onResponse?: (answer: Pick<Answer, "status">, call: Call) => void;
}

/** The way to one host of one third party. */
export interface ThirdParty {
  /** The host name of the base URL. */
  readonly host: string;
  /**
   * @returns the answer, whatever its status
   * @throws ThirdPartyError and nothing else: no answer was had, or it was unreadable
   */
  call(call: Call): Promise<Answer>;
  /**
   * Signs in, and keeps trying with growing pauses until that has succeeded or the signal fires. Never throws.
   * For start-up: `void thirdParty.signIn(signal)` together with a readiness check on `signedIn`.
   */
  signIn(signal: AbortSignal): Promise<void>;
  /** Whether a login has ever succeeded; true where there is no session. */
  readonly signedIn: boolean;
  /** Closes idle connections. */
  close(): void;
}
