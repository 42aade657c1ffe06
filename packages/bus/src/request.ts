import { setTimeout as sleep } from "node:timers/promises";
import type { BodyOf, ReplyOf, RequestContract } from "@trunkline/contracts";
import type { Logger } from "pino";
import type { z } from "zod";
import { type ClaimCheck, isClaim } from "./claim-check.ts";
import { firstIssue } from "./complaint.ts";
import { isSuccess, readReply, writeEnvelope } from "./envelope.ts";
import { ClaimGoneError, InvalidPayloadError, NotJsonError, StoreUnavailableError } from "./errors.ts";
import { type Inbox, NOBODY, NoAnswer } from "./inbox.ts";
import { readJson } from "./json.ts";
import type { Link } from "./link.ts";
import { elementOf } from "./list-element.ts";
import type { BusMetrics, Stopwatch } from "./metrics.ts";
import { readInTurns } from "./read-in-turns.ts";
import type { Tracing } from "./tracing.ts";
import type { Reply, RequestOptions } from "./types.ts";
import { requestHeaders } from "./wire-headers.ts";

// While repliers come back after a restart of NATS, or from a server of its cluster that is gone.
const ASK_AGAIN_MS = 100;
// The server tells that it has lost another one a moment after it has forgotten who was there.
const NEWS_MS = 10;

export interface RequesterParts {
  readonly link: Link;
  readonly inbox: Inbox;
  readonly claims: ClaimCheck;
  readonly tracing: Tracing;
  readonly metrics: BusMetrics;
  readonly logger: Logger;
}

type IdentifiedOptions = RequestOptions & { readonly requestId: string };

export type Requester = <C extends RequestContract>(
  contract: C,
  body: BodyOf<C>,
  options: IdentifiedOptions,
) => Promise<Reply<ReplyOf<C>>>;

/** Sends a request and reads its reply. A peer's failure is a reply too, never an exception. */
export function createRequester(parts: RequesterParts): Requester {
  const { link, inbox, claims, tracing, metrics, logger } = parts;
  const stopwatches = new Map<string, Stopwatch>();

  return async (contract, body, options) => {
    const startedAt = performance.now();
    const { subject } = contract;
    const { requestId, signal } = options;
    const deadline = Date.now() + (options.timeoutMs ?? contract.timeoutMs);
    const step = tracing.begin("request", subject);
    const whole = writeEnvelope(requestId, body);
    let reply: Reply<ReplyOf<typeof contract>>;
    try {
      if (!link.connected) throw NOT_CONNECTED;
      const headers = link.hasHeaders ? requestHeaders(options, deadline, step) : "";
      const text = claims.fits({ headers, text: whole }) ? whole : await claims.park(whole);
      const question = { subject, headers, text, deadline, signal };
      let answer = await inbox.ask(question);
      if (answer === NOBODY) await sleep(NEWS_MS);
      while (answer === NOBODY && link.isSettling && Date.now() + ASK_AGAIN_MS < deadline) {
        await sleep(ASK_AGAIN_MS);
        answer = await inbox.ask(question);
      }
      if (answer instanceof NoAnswer) throw answer;
      const received = readJson(answer);
      reply = isClaim(received)
        ? await interpretLarge(contract, await claims.fetch(received, "one"))
        : interpret(contract, received);
    } catch (error) {
      reply = failureFrom(error);
    }
    step.end(reply.status);
    stopwatchOf(subject)(reply.status, performance.now() - startedAt);
    if (reply.status >= 500) {
      const { status } = reply;
      logger.warn({ subject, request_id: requestId, trace_id: step.traceId, status }, "request failed");
    }
    return reply;
  };

  function stopwatchOf(subject: string): Stopwatch {
    let stopwatch = stopwatches.get(subject);
    if (stopwatch === undefined) {
      stopwatch = metrics.requestStopwatch(subject);
      stopwatches.set(subject, stopwatch);
    }
    return stopwatch;
  }
}

/** What is parsed and checked in some thirty milliseconds disturbs nobody, and turns would cost it a third. */
const WORTH_TURNS_BYTES = 4 * 1024 * 1024;

const NOT_CONNECTED = new NoAnswer(503, "not connected to NATS");

/**
 * Reads and checks long lists in turns: at no time does it take longer than a slice of one.
 *
 * @throws InvalidPayloadError, NotJsonError
 */
async function interpretLarge<C extends RequestContract>(contract: C, bytes: Buffer): Promise<Reply<ReplyOf<C>>> {
  const element = elementOf(contract.reply);
  if (element === undefined || bytes.length < WORTH_TURNS_BYTES) return interpret(contract, readJson(bytes));
  const list: unknown[] = [];
  let fault: z.ZodError | undefined;
  const take = (elements: readonly unknown[]) => {
    for (const each of elements) {
      if (fault !== undefined) return;
      const parsed = element.safeParse(each);
      if (parsed.success) list.push(parsed.data);
      else fault = parsed.error;
    }
  };
  const { status, body } = readReply(await readInTurns(bytes, take));
  if (!isSuccess(status) || !Array.isArray(body)) return interpret(contract, readJson(bytes));
  take(body);
  if (fault !== undefined) throw new InvalidPayloadError(firstIssue(`reply.body.${list.length}`, fault));
  return { ok: true, status, body: list as ReplyOf<C> };
}

/** @throws InvalidPayloadError */
function interpret<C extends RequestContract>(contract: C, value: unknown): Reply<ReplyOf<C>> {
  const { status, body } = readReply(value);
  if (!isSuccess(status)) return failure(status, body);
  const parsed = contract.reply.safeParse(body);
  if (!parsed.success) throw new InvalidPayloadError(firstIssue("reply.body", parsed.error));
  return { ok: true, status, body: parsed.data as ReplyOf<C> };
}

/** What a peer or a broker did wrong, as a reply; a fault of ours is thrown on. */
function failureFrom(error: unknown): Reply<never> {
  if (error instanceof NoAnswer) return failure(error.status, error.reason);
  if (error instanceof NotJsonError) return failure(502, "reply: not JSON");
  if (error instanceof InvalidPayloadError) return failure(502, error.message);
  if (error instanceof ClaimGoneError) return failure(410, error.message);
  if (error instanceof StoreUnavailableError) return failure(503, "Redis is unavailable to this service");
  throw error;
}

function failure(status: number, body: unknown): Reply<never> {
  return { ok: false, status, body, withheld: false };
}
