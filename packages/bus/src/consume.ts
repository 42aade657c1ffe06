import type { MessageContract } from "@trunkline/contracts";
import type { ConsumeParts, Consuming } from "./consuming.ts";
import type { DeliveryParts, MessageHandler } from "./deliver.ts";
import { PlainConsumer } from "./plain-consumer.ts";
import { StreamConsumer } from "./stream-consumer.ts";
import type { ConsumeOptions } from "./types.ts";

const DEFAULT_CONCURRENCY = 8;
const DEFAULT_ATTEMPTS = 10;

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
