import type { MessageContract } from "@trunkline/contracts";
import type { Logger } from "pino";
import type { ClaimCheck } from "./claim-check.ts";
import type { Bury } from "./dead-letters.ts";
import type { DeliveryParts, MessageHandler } from "./deliver.ts";
import type { JetStream } from "./jetstream.ts";
import type { Link } from "./link.ts";
import type { BusMetrics } from "./metrics.ts";
import { PlainConsumer } from "./plain-consumer.ts";
import { StreamConsumer } from "./stream-consumer.ts";
import type { Tracing } from "./tracing.ts";
import type { ConsumeOptions } from "./types.ts";

const DEFAULT_CONCURRENCY = 8;
const DEFAULT_ATTEMPTS = 10;

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

export interface Consumption {
  readonly contract: MessageContract;
  readonly handler: MessageHandler;
  readonly options: ConsumeOptions;
}

/** Consumes a contract's messages: from its stream where there is one, else as they come. */
export async function consumeContract(parts: ConsumeParts, consumption: Consumption): Promise<Consuming> {
  const { contract, handler, options } = consumption;
  const { maxAttempts = DEFAULT_ATTEMPTS, concurrency = DEFAULT_CONCURRENCY, durable } = options;
  const { claims, tracing, jetStream } = parts;
  const logger = parts.logger.child({ subject: contract.subject });
  const delivery: DeliveryParts = { contract, handler, maxAttempts, claims, tracing, logger };
  const { stream } = contract;
  if (stream === null || !(await jetStream.available())) return new PlainConsumer(parts, delivery, concurrency);
  return StreamConsumer.start(parts, { delivery, stream, durable, concurrency });
}
