/** What anything behind HTTP can do wrong. */
export const httpKinds = [
  "latency",
  "401",
  "403",
  "404",
  "429",
  "500",
  "502",
  "503",
  "504",
  "garbage",
  "truncated",
  "html",
  "hang-up",
  "stall",
] as const;

/** `expired-session` makes the third party forget who is signed in, so that a new login is needed. */
export const sessionKinds = ["expired-session"] as const;

/** What an SMTP server can do wrong: 535 at AUTH, 550 at RCPT, 421 to everything, and the silent ways. */
export const smtpKinds = ["latency", "auth-refused", "recipient-refused", "unavailable", "hang-up", "stall"] as const;

/** What an IMAP server can do wrong: NO to the login or to a command, BYE to everything, and the silent ways. */
export const imapKinds = ["latency", "auth-refused", "refused", "unavailable", "garbage", "hang-up", "stall"] as const;

/** What a gRPC server can do wrong: the statuses of the numbers in HTTP, bytes that are no message, and the silent ways. */
export const grpcKinds = [
  "latency",
  "401",
  "403",
  "404",
  "429",
  "500",
  "unavailable",
  "garbage",
  "hang-up",
  "stall",
] as const;

const allKinds = [...httpKinds, ...sessionKinds, ...smtpKinds, ...imapKinds, ...grpcKinds] as const;
export const faultKinds = [...new Set(allKinds)] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface NewFault {
  /** The third party, such as `velocloud`. */
  readonly system: string;
  readonly kind: FaultKind;
  /** Only this host. @default all of the system's */
  readonly host?: string | undefined;
  /** Only calls whose path (with its query) has this in it. @default all */
  readonly path?: string | undefined;
  readonly method?: string | undefined;
  /** How many calls it hits. @default until it is removed */
  readonly times?: number | undefined;
  /** Milliseconds that a call waits before anything else happens. @default 1000 for `latency`, 0 for the rest */
  readonly delayMs?: number | undefined;
  /** The `Retry-After` of a 429 or 503. @default 1 for a 429, none for a 503 */
  readonly retryAfterSeconds?: number | undefined;
  /** `after`: the call has its effect and only its answer is lost. @default before */
  readonly when?: "before" | "after" | undefined;
}

export interface Fault extends NewFault {
  readonly id: string;
  /** Calls that it hit so far. */
  readonly hits: number;
}
