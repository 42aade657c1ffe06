import { systemClock } from "@trunkline/clock";
import { createGate, createMetrics, DEFAULT_CONCURRENCY } from "@trunkline/third-party";
import { readAnswer } from "./answer.ts";
import { type FailureFacts, type FailureReason, ThirdPartyError } from "./errors.ts";
import { asThirdPartyError } from "./failure.ts";
import { prepareRequest } from "./request.ts";
import { limitTime } from "./time-limit.ts";
import type { Answer, Call, ThirdPartyOptions } from "./types.ts";
import { createWire } from "./wire.ts";

const MIB = 1024 * 1024;

/** What says that the third party is down; an answer that we cannot read does not. */
const OUTAGES: ReadonlySet<FailureReason> = new Set(["refused", "reset", "dns", "tls", "timeout", "truncated"]);

export interface Exchange {
  /**
   * One request and its answer, through queue and breaker, within the limits, with a line in the log and metrics.
   * @throws ThirdPartyError and nothing else
   */
  run(call: Call, sessionHeaders?: Readonly<Record<string, string>>): Promise<Answer>;
  close(): void;
}

/** The way to one base URL, without a session. */
export function createExchange(options: ThirdPartyOptions, baseUrl: URL): Exchange {
  const {
    logger,
    timeoutMs = 60_000,
    headersTimeoutMs = timeoutMs,
    maxBytes = 64 * MIB,
    clock = systemClock,
  } = options;
  const system = { system: options.name, host: baseUrl.hostname };
  const metrics = createMetrics(options.metrics, system);
  const gate = createGate<Answer>({
    breaker: options.breaker,
    rateLimit: options.rateLimit,
    isOutage: (error) => error instanceof ThirdPartyError && OUTAGES.has(error.reason),
    isCancelled: (error) => error instanceof ThirdPartyError && error.reason === "cancelled",
    isOutageAnswer: ({ status }) => status >= 500,
    onState(state) {
      metrics.breaker(state);
      logger.warn({ ...system, state }, "breaker of a third party");
    },
  });
  const wire = createWire(baseUrl, {
    hostAliases: options.hostAliases ?? {},
    caFile: options.caFile,
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
    maxSockets: options.rateLimit?.concurrency ?? DEFAULT_CONCURRENCY,
    maxBytes,
  });

  async function send(call: Call, facts: CallFacts): Promise<Answer> {
    const limit = limitTime(call.signal, { headersTimeoutMs, timeoutMs });
    const stop = metrics.time(facts);
    try {
      const request = prepareRequest(call, maxBytes);
      options.onRequest?.(call);
      const raw = await wire.send(call.method, request, limit);
      // Before it is read: an answer that nobody can read was an answer all the same.
      options.onResponse?.(raw, call);
      return readAnswer(raw, call.expects, clock.now());
    } catch (error) {
      throw asThirdPartyError(error, facts, limit.signal);
    } finally {
      stop();
      limit.release();
    }
  }

  /** Also turns what the queue throws when the caller leaves it. */
  async function outcomeOf(call: Call, facts: CallFacts): Promise<Answer | ThirdPartyError> {
    try {
      return await gate.pass(call.signal, () => send(call, facts));
    } catch (error) {
      return asThirdPartyError(error, facts, call.signal);
    }
  }

  return {
    async run(call, sessionHeaders) {
      const facts = { ...system, method: call.method, endpoint: call.path };
      const began = performance.now();
      const outcome = await outcomeOf({ ...call, headers: { ...call.headers, ...sessionHeaders } }, facts);
      const line = { ...facts, request_id: call.requestId, ms: Math.round(performance.now() - began) };
      if (outcome instanceof ThirdPartyError) {
        metrics.count(facts, outcome.reason);
        logger[outcome.reason === "cancelled" ? "debug" : "warn"]({ ...line, reason: outcome.reason }, outcome.message);
        throw outcome;
      }
      metrics.count(facts, String(outcome.status));
      logger[levelOf(outcome.status)]({ ...line, status: outcome.status }, "third party answered");
      return outcome;
    },
    close: () => wire.close(),
  };
}

type CallFacts = FailureFacts & { readonly method: string; readonly endpoint: string };

function levelOf(status: number): "debug" | "info" | "warn" {
  if (status < 400) return "debug";
  return status < 500 ? "info" : "warn";
}
