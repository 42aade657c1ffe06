export { thirdPartyConfig } from "./config.ts";
export { isLoopback, splitAddress, trustedAuthorities } from "./connection.ts";
export { createGate, DEFAULT_CONCURRENCY, type Gate, NotTried } from "./gate.ts";
export type { BreakerOptions, RateLimitOptions } from "./limits.ts";
export { createMetrics } from "./metrics.ts";
