import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen, isBrokenCircuitError } from "cockatiel";
import PQueue from "p-queue";
import type { BreakerOptions, RateLimitOptions } from "./limits.ts";
import type { BreakerState } from "./metrics.ts";

/** A call was not even tried: too much failed lately, or too much waits. */
export class NotTried extends Error {
  override readonly name = "NotTried";
  readonly reason: "breaker-open" | "busy";

  constructor(reason: NotTried["reason"]) {
    super(reason);
    this.reason = reason;
  }
}

export interface GateOptions<Answer> {
  readonly breaker?: BreakerOptions | undefined;
  readonly rateLimit?: RateLimitOptions | undefined;
  readonly onState: (state: BreakerState) => void;
  /** Whether a failure says that the third party is down; an answer that we cannot read does not. */
  readonly isOutage: (error: unknown) => boolean;
  /** Whether a failure says that the caller gave up. */
  readonly isCancelled: (error: unknown) => boolean;
  /** Whether an answer says that the third party is down. @default none does */
  readonly isOutageAnswer?: (answer: Answer) => boolean;
}

export interface Gate<Answer> {
  /**
   * Runs one request when its turn has come, unless the third party is taken to be down.
   * @throws NotTried, the signal's reason when it fires while the request waits, or what the request throws
   */
  pass(signal: AbortSignal, request: () => Promise<Answer>): Promise<Answer>;
}

export const DEFAULT_CONCURRENCY = 32;

/** Breaker, concurrency and rate of one third party. */
export function createGate<Answer>(options: GateOptions<Answer>): Gate<Answer> {
  const { concurrency = DEFAULT_CONCURRENCY, perSecond, queue: maxWaiting = 1000 } = options.rateLimit ?? {};
  const queue = new PQueue({
    concurrency,
    ...(perSecond === undefined ? {} : { interval: 1000, intervalCap: perSecond, strict: true }),
  });
  const breaker = createBreaker(options);
  return {
    async pass(signal, request) {
      if (breaker.isOpen()) throw new NotTried("breaker-open");
      if (queue.size >= maxWaiting) throw new NotTried("busy");
      // A request that has begun ends by itself when its caller leaves, and knows better why.
      const waiting = new AbortController();
      const leave = () => waiting.abort(signal.reason);
      if (signal.aborted) leave();
      signal.addEventListener("abort", leave, { once: true });
      const turn = () => {
        signal.removeEventListener("abort", leave);
        return breaker.run(request);
      };
      return await queue
        .add(turn, { signal: waiting.signal })
        .finally(() => signal.removeEventListener("abort", leave));
    },
  };
}

function createBreaker<Answer>({ breaker, onState, isOutage, isCancelled, isOutageAnswer }: GateOptions<Answer>) {
  const { failures = 10, openMs = 10_000 } = breaker ?? {};
  let openUntil = 0;
  const policy = circuitBreaker(
    // A trial that its caller gave up on has proven nothing: the breaker opens again.
    handleWhen(
      (error) => isOutage(error) || (policy.state === CircuitState.HalfOpen && isCancelled(error)),
    ).orWhenResult((answer) => isOutageAnswer?.(answer as Answer) === true),
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
    async run(request: () => Promise<Answer>): Promise<Answer> {
      if (this.isOpen()) throw new NotTried("breaker-open");
      try {
        return await policy.execute(request);
      } catch (error) {
        throw isBrokenCircuitError(error) ? new NotTried("breaker-open") : error;
      }
    },
  };
}

function nameOf(state: CircuitState): BreakerState {
  if (state === CircuitState.Closed) return "closed";
  return state === CircuitState.HalfOpen ? "half-open" : "open";
}
