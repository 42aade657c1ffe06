import { setTimeout as sleep } from "node:timers/promises";
import { AckPolicy, type Consumer, type ConsumerMessages, DeliverPolicy, type JsMsg, nanos } from "nats";
import { createLanes } from "./concurrency.ts";
import type { ConsumeParts } from "./consume.ts";
import { type DeliveryParts, deliver, type Outcome } from "./deliver.ts";
import { readMetadata } from "./wire-headers.ts";

// A consumer that is killed keeps its messages for so long; a long handler says that it is still alive.
const ACK_WAIT_MS = 30_000;
const HEARTBEAT_MS = 10_000;
const PULL_MS = 5_000;
const RETRY_MS = 1_000;

export interface Consuming {
  /** Takes no more messages and resolves when those in hand are done. */
  finish(): Promise<void>;
  /** Aborts the handlers that still run. */
  abort(): void;
}

export interface StreamConsumerParts extends ConsumeParts {
  readonly delivery: DeliveryParts;
  readonly stream: string;
  readonly durable: string;
  readonly concurrency: number;
}

/**
 * Works on a stream's messages with a durable pull consumer. Just as many are fetched as can be worked on at once, so
 * that none waits here while its time to be acknowledged runs out.
 */
export async function consumeStream(parts: StreamConsumerParts): Promise<Consuming> {
  const { link, jetStream, metrics, bury, logger, delivery, stream, durable, concurrency } = parts;
  const { subject } = delivery.contract;
  const lanes = createLanes(concurrency, 0);
  const stopping = new AbortController();
  let isStopping = false;
  let batch: ConsumerMessages | undefined;
  // What was asked for over the old connection does not arrive over the new one.
  const askAgain = () => void batch?.close();
  link.events.on("restored", askAgain);
  const consumer = await open();
  const loop = run(consumer);

  return {
    async finish() {
      isStopping = true;
      link.events.off("restored", askAgain);
      await batch?.close();
      await loop;
      await lanes.idle();
    },
    abort: () => stopping.abort(new DOMException("the service stops", "AbortError")),
  };

  async function open(): Promise<Consumer> {
    await jetStream.ensureStream(stream, [subject]);
    return jetStream.consumer(stream, {
      durable_name: durable,
      filter_subject: subject,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: nanos(ACK_WAIT_MS),
      max_deliver: -1,
    });
  }

  async function run(first: Consumer): Promise<void> {
    let current: Consumer | undefined = first;
    while (!isStopping) {
      try {
        current ??= await open();
        await lanes.free();
        if (isStopping) return;
        batch = await current.fetch({ max_messages: concurrency - lanes.running, expires: PULL_MS });
        for await (const message of batch) lanes.submit(() => work(message));
      } catch (error) {
        if (isStopping) return;
        logger.warn({ err: error, stream }, "no messages can be fetched");
        current = undefined;
        await sleep(RETRY_MS);
      }
    }
  }

  async function work(message: JsMsg): Promise<void> {
    const heartbeat = setInterval(() => message.working(), HEARTBEAT_MS);
    const attempt = message.info.deliveryCount;
    const outcome = await deliver(delivery, { message, attempt, signal: stopping.signal });
    clearInterval(heartbeat);
    metrics.consumed.inc({ subject, outcome: outcome.kind });
    await settle(message, outcome, attempt);
  }

  /** Tells the server what became of a message. What cannot be told in time comes again: handlers know that. */
  async function settle(message: JsMsg, outcome: Outcome, attempt: number): Promise<void> {
    if (!(await link.whenConnected(Date.now() + ACK_WAIT_MS))) return;
    switch (outcome.kind) {
      case "done":
        return message.ack();
      case "retry":
        return message.nak(outcome.afterMs);
      case "dead":
        return end(message, outcome.reason, attempt);
    }
  }

  async function end(message: JsMsg, reason: string, attempts: number): Promise<void> {
    const { requestId } = readMetadata(message);
    const { streamSequence: sequence } = message.info;
    try {
      await bury({ subject, payload: message.data, requestId, reason, attempts, stream, sequence });
      message.term();
    } catch (error) {
      // It stays in its stream until there is somewhere else to put it.
      logger.error({ err: error, request_id: requestId }, "a dead letter cannot be stored");
      message.nak(ACK_WAIT_MS);
    }
  }
}
