import { setTimeout as pause } from "node:timers/promises";
import type { HandlerReply } from "@trunkline/bus";
import { type Answer, type Call, ThirdPartyError } from "@trunkline/http";
import pLimit from "p-limit";
import type { Caller, HawkeyeClient } from "./hawkeye-client.ts";
import { explainStatus, noAnswer, Refused } from "./outcome.ts";

/** Reads what one request needs from Hawkeye. */
export interface Reader {
  /**
   * @returns the JSON of a 2xx answer
   * @throws Refused when there is none after the last attempt, and for every call that was still to come
   */
  get(request: Pick<Call, "path" | "pathParams" | "query">): Promise<unknown>;
}

/** Calls of one request under way at once. */
const CONCURRENCY = 8;
/** Before the second and the third attempt at a call. */
const PAUSES_MS = [250, 1_000];
const LONGEST_PAUSE_MS = 10_000;

/**
 * Does the work of one request with a reader: few calls at once, and a pause before a call is tried again. The first
 * call that is refused decides the request, and what is still under way for it is given up.
 */
export async function withReader(
  hawkeye: Pick<HawkeyeClient, "get">,
  caller: Caller,
  work: (reader: Reader) => Promise<HandlerReply>,
): Promise<HandlerReply> {
  const leaving = new AbortController();
  const signal = AbortSignal.any([caller.signal, leaving.signal]);
  try {
    return await work(createReader(hawkeye, { requestId: caller.requestId, signal }));
  } catch (error) {
    if (error instanceof Refused) return error.reply;
    throw error;
  } finally {
    leaving.abort();
  }
}

function createReader(hawkeye: Pick<HawkeyeClient, "get">, caller: Caller): Reader {
  const limit = pLimit(CONCURRENCY);

  async function attempt(request: Parameters<Reader["get"]>[0]): Promise<Answer | ThirdPartyError> {
    try {
      return await hawkeye.get(request, caller);
    } catch (error) {
      if (error instanceof ThirdPartyError) return error;
      throw error;
    }
  }

  async function read(request: Parameters<Reader["get"]>[0]): Promise<unknown> {
    let outcome = await attempt(request);
    for (const milliseconds of PAUSES_MS) {
      if (!isWorthAnotherTry(outcome)) break;
      await pauseFor(Math.max(milliseconds, retryAfter(outcome)), caller.signal);
      outcome = await attempt(request);
    }
    if (outcome instanceof ThirdPartyError) throw new Refused(noAnswer(outcome), { answered: false });
    if (outcome.status >= 200 && outcome.status < 300) return outcome.body;
    throw new Refused(explainStatus(outcome), { answered: true });
  }

  return { get: (request) => limit(read, request) };
}

/** A refusal stays one; a busy or broken Hawkeye may recover. A session that is over has been renewed already. */
function isWorthAnotherTry(outcome: Answer | ThirdPartyError): boolean {
  if (outcome instanceof ThirdPartyError) return outcome.transient && outcome.reason !== "breaker-open";
  return outcome.status === 429 || outcome.status >= 500;
}

function retryAfter(outcome: Answer | ThirdPartyError): number {
  if (outcome instanceof ThirdPartyError) return 0;
  return Math.min(outcome.retryAfterMs ?? 0, LONGEST_PAUSE_MS);
}

/** Ends early when the caller leaves: the next attempt then says why. */
async function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal }).catch(() => {});
}
