import { setTimeout as sleep } from "node:timers/promises";
import type { MessageContract } from "@trunkline/contracts";
import { ErrorCode, NatsError } from "nats";
import type { ConsumeParts, Consuming } from "./consuming.ts";
import type { DeliveryParts, MessageHandler } from "./deliver.ts";
import { PlainConsumer } from "./plain-consumer.ts";
import { StreamConsumer } from "./stream-consumer.ts";
import type { ConsumeOptions } from "./types.ts";

const DEFAULT_CONCURRENCY = 8;
const DEFAULT_ATTEMPTS = 10;
const RETRY_MS = 500;

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
  if (stream === null) return new PlainConsumer(parts, delivery, concurrency);
  return patiently(parts, async () => {
    if (!(await jetStream.available())) return new PlainConsumer(parts, delivery, concurrency);
    return StreamConsumer.start(parts, { delivery, stream, durable, concurrency });
  });
}

/** A service may start to consume while NATS is away: it begins when NATS is there, or not at all after a drain. */
async function patiently<Result>({ link, logger }: ConsumeParts, begin: () => Promise<Result>): Promise<Result> {
  while (await link.whenConnected(Number.POSITIVE_INFINITY)) {
    try {
      return await begin();
    } catch (error) {
      if (!isTransient(error)) throw error;
      logger.warn({ err: error }, "JetStream is not there yet");
      await sleep(RETRY_MS);
    }
  }
  throw new Error("the connection to NATS is closed");
}

const TRANSIENT: readonly string[] = [ErrorCode.Timeout, ErrorCode.NoResponders, ErrorCode.Disconnect];
const TEMPORARILY_UNAVAILABLE = 10008;

function isTransient(error: unknown): boolean {
  if (!(error instanceof NatsError))
    return error instanceof Error && error.cause !== undefined && isTransient(error.cause);
  return TRANSIENT.includes(error.code) || error.api_error?.err_code === TEMPORARILY_UNAVAILABLE;
}
