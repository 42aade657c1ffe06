/** The third party was too slow; `message` is safe to show. */
export class TimedOut extends Error {
  override readonly name = "TimedOut";
}

export interface TimeLimit {
  /** Fires with a {@link TimedOut} as its reason, or with the caller's when that left early. */
  readonly signal: AbortSignal;
  /** The answer has begun: only the limit on the whole request is left. */
  answerBegan(): void;
  release(): void;
}

/** A caller that leaves after so long was kept waiting by the third party, rather than in a hurry. */
const PATIENT_MS = 10_000;

/** Bounds a request by its caller and by two limits of ours: until the answer begins, and until it is complete. */
export function limitTime(caller: AbortSignal, limits: { headersTimeoutMs: number; timeoutMs: number }): TimeLimit {
  const own = new AbortController();
  const began = performance.now();
  const patientMs = Math.min(PATIENT_MS, limits.headersTimeoutMs / 2);
  const headers = setTimeout(() => own.abort(new TimedOut("no answer in time")), limits.headersTimeoutMs);
  const whole = setTimeout(() => own.abort(new TimedOut("the answer was not complete in time")), limits.timeoutMs);
  const left = () => {
    if (performance.now() - began >= patientMs) own.abort(new TimedOut("no answer before the caller left"));
    else own.abort(caller.reason);
  };
  if (caller.aborted) left();
  caller.addEventListener("abort", left, { once: true });
  return {
    signal: own.signal,
    answerBegan: () => clearTimeout(headers),
    release() {
      caller.removeEventListener("abort", left);
      clearTimeout(headers);
      clearTimeout(whole);
    },
  };
}
