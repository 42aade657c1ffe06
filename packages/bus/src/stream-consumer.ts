import { setTimeout as sleep } from "node:timers/promises";
import { AckPolicy, type Consumer, type ConsumerMessages, DeliverPolicy, type JsMsg, nanos } from "nats";
import { Acceptance } from "./acceptance.ts";
import { Lanes } from "./concurrency.ts";
import type { Backlog, ConsumeParts, Consuming } from "./consuming.ts";
import { type DeliveryParts, deliver, type Outcome } from "./deliver.ts";
import { tryUntil } from "./try-until.ts";
import { readMetadata } from "./wire-headers.ts";

// A consumer that is killed keeps its messages for so long; a long handler says that it is still alive.
const ACK_WAIT_MS = 15_000;
const HEARTBEAT_MS = 5_000;
const PULL_MS = 5_000;
const RETRY_MS = 1_000;
// Longer than a cluster that has lost a server takes to choose new leaders.
const ACKNOWLEDGE_WITHIN_MS = 30_000;
const ACKNOWLEDGE_TIMEOUT_MS = 2_000;
const ACKNOWLEDGE_AGAIN_MS = 200;
// A scrape is not held up by a server that is away.
const LONGEST_LOOK_MS = 1_000;

const ACK = "+ACK";
/** The client's messages have it, its type does not tell. */
type Replied = JsMsg & { readonly reply: string };

export interface StreamConsumption {
  readonly delivery: DeliveryParts;
  readonly stream: string;
  readonly durable: string;
  readonly concurrency: number;
}

/**
 * Works on a stream's messages with a durable pull consumer. Just as many are fetched as can be worked on at once, so
 * that none waits here while its time to be acknowledged runs out.
 */
export class StreamConsumer implements Consuming {
  readonly #parts: ConsumeParts;
  readonly #what: StreamConsumption;
  readonly #lanes: Lanes;
  readonly #stopping = new AbortController();
  /** Sequences of messages whose outcome the server does not know yet. */
  readonly #inHand = new Set<number>();
  // What was asked for over the old connection does not arrive over the new one.
  readonly #askAgain = () => void this.#batch?.close();
  #acceptance: Acceptance | undefined;
  #isFinishing = false;
  #batch: ConsumerMessages | undefined;
  #source: Consumer | undefined;
  #loop: Promise<void> = Promise.resolve();

  /** Creates stream and consumer where they are missing, and begins. */
  static async start(parts: ConsumeParts, consumption: StreamConsumption): Promise<StreamConsumer> {
    const consumer = new StreamConsumer(parts, consumption);
    const source = await consumer.#open();
    parts.link.events.on("restored", consumer.#askAgain);
    consumer.#acceptance = new Acceptance(parts, consumption.delivery);
    consumer.#loop = consumer.#run(source);
    return consumer;
  }

  private constructor(parts: ConsumeParts, consumption: StreamConsumption) {
    this.#parts = parts;
    this.#what = consumption;
    this.#lanes = new Lanes(consumption.concurrency, 0);
  }

  async finish(): Promise<void> {
    this.#isFinishing = true;
    this.#parts.link.events.off("restored", this.#askAgain);
    this.#askAgain();
    await this.#acceptance?.finish();
    await this.#loop;
    await this.#lanes.idle();
  }

  async backlog(): Promise<Backlog | undefined> {
    const source = this.#source;
    if (source === undefined || !this.#parts.link.connected) return undefined;
    const info = await Promise.race([source.info(), sleep(LONGEST_LOOK_MS, undefined, { ref: false })]).catch(
      () => undefined,
    );
    if (info === undefined) return undefined;
    return { subject: this.#subject, pending: info.num_pending, unacknowledged: info.num_ack_pending };
  }

  abort(): void {
    this.#stopping.abort(new DOMException("the service stops", "AbortError"));
  }

  get #subject(): string {
    return this.#what.delivery.contract.subject;
  }

  async #open(): Promise<Consumer> {
    const { stream, durable, concurrency } = this.#what;
    const { jetStream } = this.#parts;
    await jetStream.ensureStream(stream, [this.#subject]);
    return jetStream.consumer(stream, {
      durable_name: durable,
      filter_subject: this.#subject,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: nanos(ACK_WAIT_MS),
      max_deliver: -1,
      // One at a time means in order: over all replicas, and a message that waits for its next attempt holds up those
      // behind it.
      ...(concurrency === 1 ? { max_ack_pending: 1 } : {}),
    });
  }

  async #run(first: Consumer): Promise<void> {
    this.#source = first;
    while (!this.#isFinishing) {
      try {
        this.#source ??= await this.#open();
        await this.#fetch(this.#source);
      } catch (error) {
        if (this.#isFinishing) return;
        const { stream, delivery } = this.#what;
        delivery.logger.warn({ err: error, stream }, "no messages can be fetched");
        this.#source = undefined;
        await sleep(RETRY_MS);
      }
    }
  }

  async #fetch(source: Consumer): Promise<void> {
    await this.#lanes.free();
    if (this.#isFinishing) return;
    const free = this.#what.concurrency - this.#lanes.running;
    this.#batch = await source.fetch({ max_messages: free, expires: PULL_MS });
    for await (const message of this.#batch) {
      // A server that has just become the consumer's leader may have missed that we are still at it.
      if (!this.#inHand.has(message.seq)) this.#lanes.submit(() => this.#work(message));
    }
  }

  async #work(message: JsMsg): Promise<void> {
    const { metrics } = this.#parts;
    const heartbeat = setInterval(() => message.working(), HEARTBEAT_MS);
    const { deliveryCount: attempt, streamSequence: sequence } = message.info;
    const { signal } = this.#stopping;
    this.#inHand.add(sequence);
    const outcome = await deliver(this.#what.delivery, { message, attempt, sequence, signal });
    clearInterval(heartbeat);
    metrics.consumed.inc({ subject: this.#subject, outcome: outcome.kind });
    await this.#settle(message, outcome);
    this.#inHand.delete(sequence);
  }

  /** Tells the server what became of a message. What cannot be told in time comes again: handlers know that. */
  async #settle(message: JsMsg, outcome: Outcome): Promise<void> {
    if (!(await this.#parts.link.whenConnected(Date.now() + ACK_WAIT_MS))) return;
    switch (outcome.kind) {
      case "done":
        await this.#acknowledge(message);
        return;
      case "retry":
        message.nak(outcome.afterMs);
        return;
      case "dead":
        await this.#bury(message, outcome.reason);
    }
  }

  /**
   * Says it until the server has heard it: while nobody leads the consumer it is said to nobody, and the message would
   * come again.
   */
  async #acknowledge(message: JsMsg): Promise<void> {
    const { link } = this.#parts;
    const { reply } = message as Replied;
    const patience = { deadline: Date.now() + ACKNOWLEDGE_WITHIN_MS, pauseMs: ACKNOWLEDGE_AGAIN_MS };
    const say = () => link.nc.request(reply, ACK, { timeout: ACKNOWLEDGE_TIMEOUT_MS });
    await tryUntil(link, patience, say).catch(() => undefined);
  }

  async #bury(message: JsMsg, reason: string): Promise<void> {
    const { stream, delivery } = this.#what;
    const { requestId } = readMetadata(message);
    const { streamSequence: sequence, deliveryCount: attempts } = message.info;
    try {
      const payload = message.data;
      await this.#parts.bury({ subject: this.#subject, payload, requestId, reason, attempts, stream, sequence });
      message.term();
    } catch (error) {
      // It stays in its stream until there is somewhere else to put it.
      delivery.logger.error({ err: error, request_id: requestId }, "a dead letter cannot be stored");
      message.nak(ACK_WAIT_MS);
    }
  }
}
