import type { RequestContract } from "@trunkline/contracts";
import type { Msg } from "nats";
import type { Logger } from "pino";
import { type AnswerParts, createAnswering } from "./answer.ts";
import { createLanes, type Lanes } from "./concurrency.ts";
import { encodeReply } from "./envelope.ts";
import type { Link } from "./link.ts";
import { type BusMetrics, type DropReason, statusClass } from "./metrics.ts";
import { shortId } from "./random-id.ts";
import { createStatistics, type Statistics } from "./statistics.ts";
import type { Tracing } from "./tracing.ts";
import type { Handler, HandlerReply, ServeOptions } from "./types.ts";
import { type Metadata, readMetadata } from "./wire-headers.ts";

const DEFAULT_CONCURRENCY = 32;
// Beyond this, whoever asks is better served by a quick "no" than by a place at the end of the queue.
const MOST_WAITING = 1024;

export interface ServeParts extends Pick<AnswerParts, "claims" | "writes"> {
  readonly link: Link;
  readonly tracing: Tracing;
  readonly metrics: BusMetrics;
  /** Names the service. */
  readonly logger: Logger;
}

/** A subject that is answered here. */
export interface Served {
  readonly contract: RequestContract;
  readonly lanes: Lanes;
  readonly statistics: Statistics;
  /** Takes no more requests and resolves when those already received are answered. */
  finish(): Promise<void>;
  /** Aborts the handlers that still run. */
  abort(): void;
}

/** Answers a contract's subject: always a reply with an integer status, unless nobody waits for it any more. */
export function serveContract(
  parts: ServeParts,
  contract: RequestContract,
  handler: Handler<RequestContract>,
  options: ServeOptions<RequestContract> = {},
): Served {
  const { link, claims, writes, tracing, metrics } = parts;
  const { subject } = contract;
  const logger = parts.logger.child({ subject });
  const lanes = createLanes(options.concurrency ?? DEFAULT_CONCURRENCY, MOST_WAITING);
  const statistics = createStatistics();
  const answering = createAnswering({ contract, handler, recover: options.recover, claims, writes, tracing, logger });
  const subscription = link.nc.subscribe(subject, {
    queue: contract.queueGroup,
    callback: (error, message) => {
      if (error) logger.error({ err: error }, "NATS refused the subscription");
      else receive(message);
    },
  });

  return {
    contract,
    lanes,
    statistics,
    async finish() {
      await subscription.drain();
      await lanes.idle();
    },
    abort: answering.abort,
  };

  function receive(message: Msg): void {
    const arrivedAt = performance.now();
    const metadata = readMetadata(message);
    const deadline = metadata.deadline ?? Date.now() + contract.timeoutMs;
    if (lanes.submit(() => work(message, metadata, deadline, arrivedAt))) return;
    count(503, arrivedAt, "overloaded: too many requests wait");
    logger.warn({ request_id: metadata.requestId }, "overloaded: too many requests wait");
    void send(message, metadata.requestId ?? shortId(), { status: 503, body: "overloaded" }, deadline);
  }

  async function work(message: Msg, metadata: Metadata, deadline: number, arrivedAt: number): Promise<void> {
    if (Date.now() >= deadline) return drop("expired", metadata.requestId);
    const { requestId, reply, problem } = await answering.answer(message.data, metadata, deadline);
    if (reply === null) return drop("expired", requestId);
    count(reply.status, arrivedAt, problem);
    await send(message, requestId, reply, deadline);
  }

  function count(status: number, arrivedAt: number, problem: string | undefined): void {
    const milliseconds = performance.now() - arrivedAt;
    statistics.add(status, milliseconds, problem);
    metrics.handlerDuration.labels(subject, statusClass(status)).observe(milliseconds / 1000);
  }

  function drop(reason: DropReason, requestId: string | undefined): void {
    metrics.dropped.inc({ subject, reason });
    logger.warn({ request_id: requestId, reason }, "request dropped: nobody waits for its answer");
  }

  /** Sends an answer over whatever connection there is before the deadline. */
  async function send(message: Msg, requestId: string, reply: HandlerReply, deadline: number): Promise<void> {
    const { reply: inbox } = message;
    if (!inbox) return;
    try {
      const payload = await packed(requestId, reply);
      if (Date.now() > deadline) return drop("late", requestId);
      // The client throws away what is published between two connections.
      if (!link.connected && !(await link.whenConnected(deadline))) return drop("unsent", requestId);
      link.nc.publish(inbox, payload);
    } catch (error) {
      metrics.dropped.inc({ subject, reason: "unsent" });
      logger.error({ err: error, request_id: requestId }, "an answer could not be sent");
    }
  }

  /** Bytes that the server takes. */
  async function packed(requestId: string, reply: HandlerReply): Promise<Buffer> {
    const payload = encodeReply(requestId, reply);
    if (claims.fits(payload.length)) return payload;
    try {
      return await claims.park(payload);
    } catch (error) {
      logger.error({ err: error, request_id: requestId, bytes: payload.length }, "a large answer could not be parked");
      return encodeReply(requestId, { status: 503, body: "the store of large payloads is unavailable" });
    }
  }
}
