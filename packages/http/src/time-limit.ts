/** Why our own limit ended a request; `message` is safe to show. */
export class TimedOut extends Error {
  override readonly name = "TimedOut";
}

export interface TimeLimit {
  /** Fires with the caller's signal, or with a {@link TimedOut} as its reason. */
  readonly signal: AbortSignal;
  /** The answer has begun: only the limit on the whole request is left. */
  answerBegan(): void;
  release(): void;
}

/** Bounds a request by its caller and by two limits of ours: until the answer begins, and until it is complete. */
export function limitTime(caller: AbortSignal, limits: { headersTimeoutMs: number; timeoutMs: number }): TimeLimit {
  const own = new AbortController();
  const headers = setTimeout(() => own.abort(new TimedOut("no answer in time")), limits.headersTimeoutMs);
  const whole = setTimeout(() => own.abort(new TimedOut("the answer was not complete in time")), limits.timeoutMs);
  return {
    signal: AbortSignal.any([caller, own.signal]),
    answerBegan: () => clearTimeout(headers),
    release() {
      clearTimeout(headers);
      clearTimeout(whole);
    },
  };
}
