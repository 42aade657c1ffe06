import { randomUUID } from "node:crypto";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { ask, type connectBare } from "@trunkline/conformance";
import type { LoadRequest } from "./requests.ts";
import { type Outcome, Tally } from "./tally.ts";

/** Whoever asks waits so long. */
const DEADLINE_MS = 10_000;
/** A reply that was sent by the deadline is there by then, even on a busy machine. */
const GRACE_MS = 1_000;
/** Until then, a reply is late rather than lost. */
const LAST_LOOK_MS = 30_000;
/** Milliseconds that the generator may be late, before its own delay is a part of what it measures. */
const OWN_DELAY_MS = 100;

type NatsConnection = Awaited<ReturnType<typeof connectBare>>;

export interface Pace {
  readonly seconds: number;
  /** Requests per second. */
  readonly rate: number;
}

/** Sends at an even pace, however long the replies take: a slow bridge gets no fewer requests. */
export async function sendEvenly(next: () => LoadRequest, nats: NatsConnection, pace: Pace): Promise<Tally> {
  const tally = new Tally();
  const pending: Promise<void>[] = [];
  const began = performance.now();
  for (let index = 0; index < pace.seconds * pace.rate; index++) {
    const early = began + (index * 1_000) / pace.rate - performance.now();
    if (early > 0) await sleep(early);
    tally.sent += 1;
    pending.push(send(next(), nats).then((outcome) => tally.add(outcome)));
  }
  await Promise.all(pending);
  return tally;
}

async function send({ subject, body, isWrite }: LoadRequest, nats: NatsConnection): Promise<Outcome> {
  const id = randomUUID();
  const headers = {
    "Trunkline-Deadline": String(Date.now() + DEADLINE_MS),
    ...(isWrite ? { "Trunkline-Idempotency-Key": id } : {}),
  };
  const began = performance.now();
  const request = { subject, headers, request: { request_id: id, body } };
  const text = await ask(request, { nats, runId: "load", replyWithinMs: LAST_LOOK_MS }).catch(() => undefined);
  const milliseconds = performance.now() - began;
  return {
    status: text === undefined ? undefined : statusOf(text),
    milliseconds,
    isLate: milliseconds > DEADLINE_MS + GRACE_MS,
  };
}

/** A reply that was parked in Redis for its size is a reply. */
function statusOf(text: string): number | undefined {
  const { status, is_stored } = JSON.parse(text) as { status?: unknown; is_stored?: unknown };
  if (is_stored === true) return 200;
  return typeof status === "number" && Number.isInteger(status) ? status : undefined;
}

/** Watches how late this process itself is: what it measures contains that. */
export function watchOwnDelay() {
  const histogram = monitorEventLoopDelay({ resolution: 10 });
  histogram.enable();
  return () => {
    histogram.disable();
    const milliseconds = (nanoseconds: number) => Math.round(nanoseconds / 1e6);
    const p99 = milliseconds(histogram.percentile(99));
    return { p99, max: milliseconds(histogram.max), wasTooSlow: p99 > OWN_DELAY_MS };
  };
}
