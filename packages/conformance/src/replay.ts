import { type MsgHdrs, type NatsConnection, NatsError, headers as natsHeaders } from "nats";
import { differenceOf } from "./match.ts";
import type { Stage } from "./stage.ts";
import type { Vector } from "./vectors.ts";

const IDEMPOTENCY_KEY = "Trunkline-Idempotency-Key";
/** A call may still be under way when the reply is there. */
const LONGEST_LAG_MS = 1_000;

export interface ReplayOptions {
  /** A bare client: no package of the engine between it and the bridge. */
  readonly nats: NatsConnection;
  readonly stage: Stage;
  /** Makes idempotency keys this run's own. */
  readonly runId: string;
  /** Until a reply has to be there. @default 10_000 */
  readonly replyWithinMs?: number;
  /** Done while the third party already plays the vector, before its request is sent. */
  readonly prepare?: (() => Promise<void>) | undefined;
}

/**
 * Sends a vector's request and compares what comes back, and what the third party was asked.
 *
 * @returns what differs, in words; nothing when the bridge conforms
 */
export async function replay(vector: Vector, options: ReplayOptions): Promise<string[]> {
  const { stage, replyWithinMs = 10_000 } = options;
  const complaints: string[] = [];
  stage.begin(vector.thirdParty);
  await options.prepare?.();
  for (let sent = 0; sent < vector.times; sent++) {
    const complaint = await send(vector, options);
    if (complaint !== undefined) complaints.push(complaint);
  }
  await stage.played(vector.reply === undefined ? replyWithinMs : Math.min(LONGEST_LAG_MS, replyWithinMs));
  return [...complaints, ...stage.end()];
}

async function send(vector: Vector, { nats, runId, replyWithinMs = 10_000 }: ReplayOptions) {
  if (vector.reply === undefined) {
    publish(vector, nats, runId);
    return undefined;
  }
  try {
    return differenceOfReply(vector.reply, await ask(vector, { nats, runId, replyWithinMs }));
  } catch (error) {
    if (!(error instanceof NatsError)) throw error;
    return `no reply to ${vector.subject}: ${error.message}`;
  }
}

/** The part of a vector that goes in over NATS. */
export type Question = Pick<Vector, "subject" | "headers" | "request" | "requestText">;

/**
 * Sends a vector's request.
 * @returns the reply's payload
 * @throws NatsError when there is none in time
 */
export async function ask(vector: Question, options: Omit<ReplayOptions, "stage">): Promise<string> {
  const { nats, runId, replyWithinMs = 10_000 } = options;
  const headers = headersOf(vector, runId);
  const received = await nats.request(vector.subject, payloadOf(vector), { timeout: replyWithinMs, headers });
  return received.string();
}

function publish(vector: Vector, nats: NatsConnection, runId: string): void {
  nats.publish(vector.subject, payloadOf(vector), { headers: headersOf(vector, runId) });
}

function payloadOf({ request, requestText }: Question): string {
  return requestText ?? JSON.stringify(request);
}

function headersOf(vector: Question, runId: string): MsgHdrs {
  const headers = natsHeaders();
  for (const [name, value] of Object.entries(vector.headers ?? {})) {
    headers.set(name, name.toLowerCase() === IDEMPOTENCY_KEY.toLowerCase() ? `${value}-${runId}` : value);
  }
  return headers;
}

function differenceOfReply(expected: NonNullable<Vector["reply"]>, text: string): string | undefined {
  try {
    return differenceOf(expected, JSON.parse(text), "reply");
  } catch {
    return `the reply is no JSON: ${text.slice(0, 300)}`;
  }
}
