import { setTimeout as sleep } from "node:timers/promises";
import type { BodyOf, MessageContract } from "@trunkline/contracts";
import type { ClaimCheck } from "./claim-check.ts";
import { encodeEnvelope } from "./envelope.ts";
import { NotPublishedError } from "./errors.ts";
import type { JetStream } from "./jetstream.ts";
import { writeJson } from "./json.ts";
import type { Link } from "./link.ts";
import type { BusMetrics } from "./metrics.ts";
import { shortId } from "./random-id.ts";
import { createRecentMessages } from "./recent-messages.ts";
import { STREAM_MAX_AGE_MS } from "./streams.ts";
import type { Step, Tracing } from "./tracing.ts";
import { SentHeaders, wireHeader } from "./wire-headers.ts";

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
      const headers = link.hasHeaders ? headersOf(contract, ids, step) : undefined;
      const payload = await packed(contract, encode(contract, body, ids.requestId), headers);
      if (contract.stream === null) await publishOnce(subject, payload, headers);
      else await publishKept({ subject, stream: contract.stream, payload, headers });
      metrics.published.inc({ subject });
      step.end({});
    } catch (error) {
      step.end({ error });
      throw error instanceof NotPublishedError ? error : new NotPublishedError(subject, error);
    }
  };

  async function packed(contract: MessageContract, payload: Buffer, headers: SentHeaders | undefined): Promise<Buffer> {
    if (claims.fits(payload.length + (headers?.bytes.length ?? 0))) return payload;
    // A stream's message is read as late as the stream keeps it.
    return contract.stream === null ? claims.park(payload) : claims.park(payload, STREAM_MAX_AGE_MS / 1000);
  }

  async function publishOnce(subject: string, payload: Buffer, headers: SentHeaders | undefined): Promise<void> {
    const isUp = await link.whenConnected(Date.now() + parts.publishWithinMs);
    if (!isUp) throw new NotPublishedError(subject, "not connected to NATS");
    link.nc.publish(subject, payload, headers === undefined ? {} : { headers });
    await link.nc.flush();
  }

  async function publishKept(message: KeptMessage): Promise<void> {
    const { subject, stream, payload, headers } = message;
    const deadline = Date.now() + parts.publishWithinMs;
    let lastError: unknown = "not connected to NATS";
    while (await link.whenConnected(deadline)) {
      try {
        if (await jetStream.available()) await jetStream.ensureStream(stream, [subject]);
        link.nc.publish(subject, payload, headers === undefined ? {} : { headers });
        await link.nc.flush();
        recent.add({ subject, payload, headers });
        return;
      } catch (error) {
        lastError = error;
        if (Date.now() + RETRY_MS >= deadline) break;
        await sleep(RETRY_MS);
      }
    }
    throw new NotPublishedError(subject, lastError);
  }
}

interface KeptMessage {
  readonly subject: string;
  readonly stream: string;
  readonly payload: Buffer;
  readonly headers: SentHeaders | undefined;
}

function encode(contract: MessageContract, body: unknown, requestId: string): Buffer {
  return contract.envelope === "bare" ? Buffer.from(writeJson(body)) : encodeEnvelope(requestId, body);
}

function headersOf(contract: MessageContract, { requestId, messageId }: PublishIds, step: Step): SentHeaders {
  return new SentHeaders({
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
