import type { Logger } from "pino";
import type { ClaimCheck } from "./claim-check.ts";
import type { Bury } from "./dead-letters.ts";
import type { JetStream } from "./jetstream.ts";
import type { Link } from "./link.ts";
import type { BusMetrics } from "./metrics.ts";
import type { Tracing } from "./tracing.ts";

/** What a durable consumer has before it, over all replicas. */
export interface Backlog {
  readonly subject: string;
  /** Stored and not yet handed to any replica. */
  readonly pending: number;
  /** Handed to a replica that has not said yet what became of them. */
  readonly unacknowledged: number;
}

/** Messages that are being consumed. */
export interface Consuming {
  /** Undefined where nothing is stored, or JetStream does not say in time. */
  backlog(): Promise<Backlog | undefined>;
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
