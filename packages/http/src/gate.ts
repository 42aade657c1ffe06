import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen, isBrokenCircuitError } from "cockatiel";
import PQueue from "p-queue";
import { type FailureFacts, type FailureReason, ThirdPartyError } from "./errors.ts";
import type { Answer, BreakerOptions, RateLimitOptions } from "./types.ts";

/** What says that the third party is down; an answer that we cannot read does not. */
const OUTAGES: ReadonlySet<FailureReason> = new Set(["refused", "reset", "dns", "tls", "timeout", "truncated"]);

export type BreakerState = "closed" | "half-open" | "open";

export interface GateOptions {
  readonly breaker: Required<BreakerOptions>;
  readonly rateLimit: Required<Omit<RateLimitOptions, "perSecond">> & Pick<RateLimitOptions, "perSecond">;
  readonly onState: (state: BreakerState) => void;
}

export interface Gate {
  /** Runs one request when its turn has come, unless the third party is taken to be down. */
  pass(facts: FailureFacts, signal: AbortSignal, request: () => Promise<Answer>): Promise<Answer>;
}

/** Breaker, concurrency and rate of one third party. */
export function createGate(options: GateOptions): Gate {
  const { concurrency, perSecond, queue: maxWaiting } = options.rateLimit;
  const queue = new PQueue({
    concurrency,
    ...(perSecond === undefined ? {} : { interval: 1000, intervalCap: perSecond, strict: true }),
  });
  const breaker = createBreaker(options);
  return {
    async pass(facts, signal, request) {
      if (breaker.isOpen()) throw new ThirdPartyError("breaker-open", facts);
      if (queue.size >= maxWaiting) throw new ThirdPartyError("busy", facts);
      // A request that has begun ends by itself when its caller leaves, and knows better why.
      const waiting = new AbortController();
      const leave = () => waiting.abort(signal.reason);
      if (signal.aborted) leave();
      signal.addEventListener("abort", leave, { once: true });
      const turn = () => {
        signal.removeEventListener("abort", leave);
        return breaker.run(facts, request);
      };
      return await queue
        .add(turn, { signal: waiting.signal })
        .finally(() => signal.removeEventListener("abort", leave));
    },
  };
}

function createBreaker({ breaker: { failures, openMs }, onState }: GateOptions) {
  let openUntil = 0;
  const policy = circuitBreaker(
    // A trial that its caller gave up on has proven nothing: the breaker opens again.
    handleWhen(
      (error) => isOutage(error) || (policy.state === CircuitState.HalfOpen && isCancelled(error)),
    ).orWhenResult((answer) => (answer as Answer).status >= 500),
    { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(failures) },
  );
  policy.onBreak(() => {
    openUntil = Date.now() + openMs;
  });
  policy.onStateChange((state) => onState(nameOf(state)));
  return {
    /** While one call tries whether the third party is back, the others are refused rather than kept waiting. */
    isOpen: () =>
      policy.state === CircuitState.HalfOpen || (policy.state === CircuitState.Open && Date.now() < openUntil),
    async run(facts: FailureFacts, request: () => Promise<Answer>): Promise<Answer> {
      if (this.isOpen()) throw new ThirdPartyError("breaker-open", facts);
      try {
        return await policy.execute(request);
      } catch (error) {
        throw isBrokenCircuitError(error) ? new ThirdPartyError("breaker-open", facts) : error;
      }
    },
  };
}

function nameOf(state: CircuitState): BreakerState {
  if (state === CircuitState.Closed) return "closed";
  return state === CircuitState.HalfOpen ? "half-open" : "open";
}

function isOutage(error: unknown): boolean {
  return error instanceof ThirdPartyError && OUTAGES.has(error.reason);
}

function isCancelled(error: unknown): boolean {
  return error instanceof ThirdPartyError && error.reason === "cancelled";
}
