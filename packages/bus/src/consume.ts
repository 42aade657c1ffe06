import type { MessageContract } from "@trunkline/contracts";
import type { Logger } from "pino";
import type { ClaimCheck } from "./claim-check.ts";
import { createLanes } from "./concurrency.ts";
import { type Consuming, consumeStream } from "./consume-stream.ts";
import type { Bury } from "./dead-letters.ts";
import { type DeliveryParts, deliver, type MessageHandler } from "./deliver.ts";
import type { JetStream } from "./jetstream.ts";
import type { Link } from "./link.ts";
import type { BusMetrics } from "./metrics.ts";
import type { Tracing } from "./tracing.ts";
import type { ConsumeOptions } from "./types.ts";

const DEFAULT_CONCURRENCY = 8;
const DEFAULT_ATTEMPTS = 10;
// A burst is held in memory up to here; what comes on top is lost, as the contract says is bearable.
const MOST_WAITING = 10_000;

export interface ConsumeParts {
  readonly link: Link;
  readonly claims: ClaimCheck;
  readonly jetStream: JetStream;
  readonly tracing: Tracing;
  readonly metrics: BusMetrics;
  readonly bury: Bury;
  readonly logger: Logger;
}

/** Consumes a contract's messages: from its stream where there is one, else as they come. */
export async function consumeContract(
  parts: ConsumeParts,
  contract: MessageContract,
  handler: MessageHandler,
  options: ConsumeOptions,
): Promise<Consuming> {
  const { maxAttempts = DEFAULT_ATTEMPTS, concurrency = DEFAULT_CONCURRENCY, durable } = options;
  const { claims, tracing } = parts;
  const logger = parts.logger.child({ subject: contract.subject });
  const delivery: DeliveryParts = { contract, handler, maxAttempts, claims, tracing, logger };
  const { stream } = contract;
  if (stream !== null && (await parts.jetStream.available())) {
    return consumeStream({ ...parts, logger, delivery, stream, durable, concurrency });
  }
  return consumePlainly(parts, delivery, concurrency);
}

/** A queue subscription: nothing is kept, nothing comes twice. */
async function consumePlainly(parts: ConsumeParts, delivery: DeliveryParts, concurrency: number): Promise<Consuming> {
  const { link, metrics } = parts;
  const { contract, logger } = delivery;
  const { subject, queueGroup } = contract;
  const lanes = createLanes(concurrency, MOST_WAITING);
  const stopping = new AbortController();
  const subscription = link.nc.subscribe(subject, {
    queue: queueGroup,
    callback: (error, message) => {
      if (error) return logger.error({ err: error }, "NATS refused the subscription");
      const isTaken = lanes.submit(async () => {
        const outcome = await deliver(delivery, { message, attempt: 1, signal: stopping.signal });
        metrics.consumed.inc({ subject, outcome: outcome.kind === "done" ? "done" : "lost" });
      });
      if (!isTaken) metrics.dropped.inc({ subject, reason: "overloaded" });
    },
  });
  await link.nc.flush();
  return {
    async finish() {
      await subscription.drain();
      await lanes.idle();
    },
    abort: () => stopping.abort(new DOMException("the service stops", "AbortError")),
  };
}
