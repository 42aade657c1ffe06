import type { RequestContract } from "@trunkline/contracts";
import type { Msg, Subscription } from "nats";
import type { Logger } from "pino";
import { Answering, type AnswerParts, failureReply } from "./answer.ts";
import { Lanes } from "./concurrency.ts";
import { type WireId, writeReply } from "./envelope.ts";
import type { OutgoingText } from "./frames.ts";
import { type Link, SETTLING_MS } from "./link.ts";
import type { BusMetrics, DropReason, Stopwatch } from "./metrics.ts";
import { shortId } from "./random-id.ts";
import { Statistics } from "./statistics.ts";
import type { HandlerReply, ServeOptions } from "./types.ts";
import { type Metadata, readMetadata } from "./wire-headers.ts";

const DEFAULT_CONCURRENCY = 32;
// Beyond this, whoever asks is better served by a quick "no" than by a place at the end of the queue.
const MOST_WAITING = 1024;

export interface ServedParts extends Omit<AnswerParts, "recover"> {
  readonly link: Link;
  readonly metrics: BusMetrics;
}

/** A request that has arrived. */
interface Arrival {
  readonly message: Msg;
  readonly metadata: Metadata;
  readonly deadline: number;
  /** On the clock of `performance.now()`. */
  readonly at: number;
}

/** A subject that is answered here: always with an integer status, unless nobody waits for the answer any more. */
export class ServedSubject {
  readonly contract: RequestContract;
  readonly lanes: Lanes;
  readonly statistics = new Statistics();
  readonly #parts: ServedParts;
  readonly #logger: Logger;
  readonly #answering: Answering;
  readonly #stopwatch: Stopwatch;
  readonly #subscription: Subscription;
  #warnedAt = 0;

  /** Subscribes at once. */
  constructor(parts: ServedParts, options: ServeOptions<RequestContract> = {}) {
    const { contract, link, metrics } = parts;
    const { subject, queueGroup: queue } = contract;
    this.contract = contract;
    this.lanes = new Lanes(options.concurrency ?? DEFAULT_CONCURRENCY, MOST_WAITING);
    this.#parts = parts;
    this.#logger = parts.logger.child({ subject });
    this.#answering = new Answering({ ...parts, recover: options.recover, logger: this.#logger });
    this.#stopwatch = metrics.handlerStopwatch(subject);
    this.#subscription = link.nc.subscribe(subject, {
      queue,
      callback: (error, message) => {
        if (error === null) this.#receive(message);
        else this.#logger.error({ err: error }, "NATS refused the subscription");
      },
    });
  }

  /** Takes no more requests; resolves when those already received are answered. */
  async finish(): Promise<void> {
    await this.#subscription.drain();
    await this.lanes.idle();
  }

  /** Aborts the handlers that still run. */
  abort(): void {
    this.#answering.abort();
  }

  #receive(message: Msg): void {
    const metadata = readMetadata(message);
    const deadline = metadata.deadline ?? Date.now() + this.contract.timeoutMs;
    const arrival: Arrival = { message, metadata, deadline, at: performance.now() };
    if (this.lanes.submit(() => this.#work(arrival))) return;
    const requestId = metadata.requestId ?? shortId();
    this.#warnOfOverload();
    void this.#send(arrival, requestId, OVERLOADED);
  }

  /** Now and then: who has no time to answer has none to write a line for each that is not answered. */
  #warnOfOverload(): void {
    const now = Date.now();
    if (now - this.#warnedAt < 5_000) return;
    this.#warnedAt = now;
    this.#logger.warn({ waiting: this.lanes.waiting }, OVERLOADED.body);
  }

  async #work(arrival: Arrival): Promise<void> {
    const { message, metadata, deadline } = arrival;
    if (Date.now() >= deadline) return this.#drop("expired", metadata.requestId);
    const { requestId, reply } = await this.#answering.answer(message.data, metadata, deadline);
    if (reply === null) return this.#drop("expired", requestId);
    return this.#send(arrival, requestId, reply);
  }

  #count(arrival: Arrival, reply: HandlerReply): void {
    const milliseconds = performance.now() - arrival.at;
    this.statistics.add(reply, milliseconds);
    this.#stopwatch(reply.status, milliseconds);
  }

  #drop(reason: DropReason, requestId: WireId | undefined): void {
    this.#parts.metrics.dropped.inc({ subject: this.contract.subject, reason });
    this.#logger.warn({ request_id: requestId, reason }, "request dropped: nobody waits for its answer");
  }

  /** Counts an answer and sends it: at once where all is as it should be. Never throws, never rejects. */
  #send(arrival: Arrival, requestId: WireId, reply: HandlerReply): Promise<void> | undefined {
    const { link, claims } = this.#parts;
    const text = this.#write(arrival, requestId, reply);
    const isReady = link.connected && Date.now() <= arrival.deadline && claims.fits({ headers: "", text });
    if (!isReady) return this.#sendSomehow(arrival, requestId, text);
    if (arrival.message.reply) this.#publish(arrival.message.reply, text, requestId);
    return undefined;
  }

  /** Sends what is too large as a claim, and over whatever connection there is before the deadline. */
  async #sendSomehow({ message, deadline }: Arrival, requestId: WireId, whole: string): Promise<void> {
    const { link, claims } = this.#parts;
    const text = claims.fits({ headers: "", text: whole }) ? whole : await this.#park(whole, requestId);
    if (!message.reply) return;
    if (Date.now() > deadline) this.#drop("late", requestId);
    // The client throws away what is published between two connections.
    else if (await link.whenConnected(deadline)) this.#publish(message.reply, text, requestId);
    else this.#drop("unsent", requestId);
  }

  /** Who asked may come back after us and miss the answer; a second one is ignored. */
  #publish(subject: string, text: string, requestId: WireId): void {
    const { link } = this.#parts;
    const answer: OutgoingText = { subject, reply: "", headers: "", text };
    try {
      link.send(answer);
    } catch (error) {
      this.#logger.error({ err: error, request_id: requestId }, "an answer could not be sent");
      this.#drop("unsent", requestId);
      return;
    }
    if (!link.isSettling) return;
    const again = () => {
      if (link.connected) link.send(answer);
    };
    setTimeout(again, SETTLING_MS).unref();
  }

  /** A handler's body may be what JSON cannot say, such as a cycle. */
  #write(arrival: Arrival, requestId: WireId, reply: HandlerReply): string {
    try {
      const text = writeReply(requestId, reply);
      this.#count(arrival, reply);
      return text;
    } catch (error) {
      const failure = failureReply(this.#logger, error, { request_id: requestId });
      this.#count(arrival, failure);
      return writeReply(requestId, failure);
    }
  }

  async #park(text: string, requestId: WireId): Promise<string> {
    try {
      return await this.#parts.claims.park(text);
    } catch (error) {
      this.#logger.error({ err: error, request_id: requestId }, "a large answer could not be parked");
      return writeReply(requestId, { status: 503, body: "Redis is unavailable to this service" });
    }
  }
}

const OVERLOADED = { status: 503, body: "overloaded: too many requests wait" };
