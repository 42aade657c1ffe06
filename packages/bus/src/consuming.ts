import type { Logger } from "pino";
import type { ClaimCheck } from "./claim-check.ts";
import type { Bury } from "./dead-letters.ts";
import type { JetStream } from "./jetstream.ts";
import type { Link } from "./link.ts";
import type { BusMetrics } from "./metrics.ts";
import type { Tracing } from "./tracing.ts";

/** Messages that are being consumed. */
export interface Consuming {
  /** Takes no more messages and resolves when those in hand are done. */
  finish(): Promise<void>;
  /** Aborts the handlers that still run. */
  abort(): void;
}

export interface ConsumeParts {
  readonly link: Link;
  readonly claims: ClaimCheck;
  readonly jetStream: JetStream;
  readonly tracing: Tracing;
  readonly metrics: BusMetrics;
  readonly bury: Bury;
  readonly logger: Logger;
}
