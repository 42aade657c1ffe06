import type { BodyOf, MessageContract } from "@trunkline/contracts";
import { NatsError } from "nats";
import type { ClaimCheck } from "./claim-check.ts";
import { writeEnvelope } from "./envelope.ts";
import { NotAllowedError, NotPublishedError } from "./errors.ts";
import type { OutgoingText } from "./frames.ts";
import type { JetStream } from "./jetstream.ts";
import { writeJson } from "./json.ts";
import type { Link } from "./link.ts";
import type { BusMetrics } from "./metrics.ts";
import { shortId } from "./random-id.ts";
import { createRecentMessages } from "./recent-messages.ts";
import type { Step } from "./step.ts";
import { STREAM_MAX_AGE_MS } from "./streams.ts";
import { taken } from "./taken.ts";
import type { Tracing } from "./tracing.ts";
import { tryUntil } from "./try-until.ts";
import { headerBlock, wireHeader } from "./wire-headers.ts";

const RETRY_MS = 100;

export interface PublisherParts {
  readonly link: Link;
  readonly claims: ClaimCheck;
  readonly jetStream: JetStream;
  readonly tracing: Tracing;
  readonly metrics: BusMetrics;
  /** How long a message that a stream keeps is tried for. */
  readonly publishWithinMs: number;
}

export interface PublishIds {
  readonly requestId: string;
  readonly messageId: string | undefined;
}

/** @throws NotPublishedError */
export type Publisher = <C extends MessageContract>(contract: C, body: BodyOf<C>, ids: PublishIds) => Promise<void>;

/**
 * Publishes messages. Where a stream keeps them, a message is sent again under the same id until the server has taken
 * it, and once more when the connection breaks right after: the stream stores an id once.
 */
export function createPublisher(parts: PublisherParts): Publisher {
  const { link, claims, jetStream, tracing, metrics } = parts;
  const recent = createRecentMessages(link);

  return async (contract, body, ids) => {
    const { subject } = contract;
    const step = tracing.begin("publish", subject);
    try {
      const headers = link.hasHeaders ? headersOf(contract, ids, step) : "";
      const text = await fitting(contract, write(contract, body, ids.requestId), headers);
      const message = { subject, reply: "", headers, text };
      if (contract.stream === null) await publishOnce(message);
      else await publishKept(contract.stream, message);
      metrics.published.inc({ subject });
      step.end(undefined);
    } catch (error) {
      step.end(undefined, error);
      throw error instanceof NotPublishedError ? error : new NotPublishedError(subject, error);
    }
  };

  async function fitting(contract: MessageContract, text: string, headers: string): Promise<string> {
    if (claims.fits({ headers, text })) return text;
    // A stream's message is read as late as the stream keeps it.
    return contract.stream === null ? claims.park(text) : claims.park(text, STREAM_MAX_AGE_MS / 1000);
  }

  async function publishOnce(message: OutgoingText): Promise<void> {
    const isUp = await link.whenConnected(Date.now() + parts.publishWithinMs);
    if (!isUp) throw new NotPublishedError(message.subject, "not connected to NATS");
    await taken(link, message);
  }

  function publishKept(stream: string, message: OutgoingText): Promise<void> {
    const deadline = Date.now() + parts.publishWithinMs;
    return tryUntil(link, { deadline, pauseMs: RETRY_MS, isFinal: isRefusal }, async () => {
      if (await jetStream.available()) await stored(stream, message);
      else await taken(link, message);
      recent.add(message);
    });
  }

  /** A stream that nobody leads stores nothing and says nothing: who led before still leads after. */
  async function stored(stream: string, message: OutgoingText): Promise<void> {
    await jetStream.ensureStream(stream, [message.subject]);
    const leader = await jetStream.leaderOf(stream);
    await taken(link, message);
    if ((await jetStream.leaderOf(stream)) !== leader) throw new Error(`stream ${stream} has changed its leader`);
  }
}

/** No attempt that follows would be allowed what this one was not. */
function isRefusal(error: unknown): boolean {
  if (error instanceof NotAllowedError) return true;
  if (error instanceof NatsError) return error.isPermissionError();
  return error instanceof Error && isRefusal(error.cause);
}

function write(contract: MessageContract, body: unknown, requestId: string): string {
  return contract.envelope === "bare" ? writeJson(body) : writeEnvelope(requestId, body);
}

function headersOf(contract: MessageContract, { requestId, messageId }: PublishIds, step: Step): string {
  return headerBlock({
    [wireHeader.requestId]: requestId,
    [wireHeader.messageId]: contract.stream === null ? messageId : storedId(contract.subject, messageId ?? shortId()),
    [wireHeader.traceparent]: step.traceparent,
    [wireHeader.tracestate]: step.tracestate,
  });
}

/** A stream compares ids over all its subjects, but a decision may lead to a Slack message and to an e-mail. */
function storedId(subject: string, messageId: string): string {
  return `${subject}:${messageId}`;
}

/** The id that the publisher gave, from the one that the stream knows. */
export function publishedId(subject: string, storedId: string | undefined): string | undefined {
  return storedId?.startsWith(`${subject}:`) ? storedId.slice(subject.length + 1) : storedId;
}
