import type { Redis } from "ioredis";
import { deadLetterKeys } from "./bus-keys.ts";
import type { ClaimCheck } from "./claim-check.ts";
import type { JetStream } from "./jetstream.ts";
import type { BusMetrics } from "./metrics.ts";
import { DEAD_LETTER_STREAM, STREAM_MAX_AGE_MS } from "./streams.ts";
import { headerBlock, wireHeader } from "./wire-headers.ts";

export const DEAD_PREFIX = "trunkline.dead";

/** Headers of a dead letter; its payload is that of the message. */
const deadHeader = Object.freeze({
  reason: "Trunkline-Dead-Reason",
  attempts: "Trunkline-Dead-Attempts",
  stream: "Trunkline-Dead-Stream",
  sequence: "Trunkline-Dead-Sequence",
});

export interface DeadLetter {
  readonly subject: string;
  readonly payload: Uint8Array;
  readonly requestId: string | undefined;
  readonly reason: string;
  readonly attempts: number;
  readonly stream: string;
  /** The message's sequence in its stream. */
  readonly sequence: number;
}

/** Parks a message that cannot be processed as `trunkline.dead.<subject>`. Resolves when it is stored. */
export type Bury = (letter: DeadLetter) => Promise<void>;

export interface BuryParts {
  readonly jetStream: JetStream;
  readonly claims: ClaimCheck;
  readonly metrics: BusMetrics;
  readonly redis: Redis;
  readonly environment: string;
}

/** How many dead letters there have ever been, by the subject of the message. */
export async function countDeadLetters(redis: Redis, environment: string): Promise<ReadonlyMap<string, number>> {
  const counts = Object.entries(await redis.hgetall(deadLetterKeys.in(environment)));
  return new Map(counts.map(([subject, count]) => [subject, Number(count)]));
}

export function createBury({ jetStream, claims, metrics, redis, environment }: BuryParts): Bury {
  return async ({ subject, payload, requestId, reason, attempts, stream, sequence }) => {
    const headers = headerBlock({
      [deadHeader.reason]: reason.slice(0, 500),
      [deadHeader.attempts]: String(attempts),
      [deadHeader.stream]: stream,
      [deadHeader.sequence]: String(sequence),
      [wireHeader.requestId]: requestId,
      // Buried again after a crash between this and the message's end, it is stored once.
      [wireHeader.messageId]: `dead:${stream}:${sequence}`,
    });
    const whole = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString();
    const fits = claims.fits({ headers, text: whole });
    await jetStream.store({
      stream: DEAD_LETTER_STREAM,
      subjects: [`${DEAD_PREFIX}.>`],
      subject: `${DEAD_PREFIX}.${subject}`,
      headers,
      text: fits ? whole : await claims.park(whole, STREAM_MAX_AGE_MS / 1000),
    });
    metrics.deadLetters.inc({ subject });
    // The letter is stored; that nobody is alerted of it is no reason to bury it again.
    await redis.hincrby(deadLetterKeys.in(environment), subject, 1).catch(() => undefined);
  };
}
