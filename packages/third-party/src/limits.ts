export interface BreakerOptions {
  /** Failures in a row that open it: 5xx, timeouts and broken connections. @default 10 */
  readonly failures?: number;
  /** How long it refuses before one call may try again, in milliseconds. @default 10_000 */
  readonly openMs?: number;
}

export interface RateLimitOptions {
  /** Requests under way at once. @default 32 */
  readonly concurrency?: number;
  /** Requests begun within any second. @default no limit */
  readonly perSecond?: number;
  /** Requests that may wait for their turn; the next one fails at once as `busy`. @default 1000 */
  readonly queue?: number;
}
