import type { RequestContext } from "@trunkline/bus";

/** However patient a requester is, a mail server does not get more time than this. */
const LONGEST_MS = 60_000;
/** A requester should still hear that there was no answer: sooner than its own signal fires, which says less. */
const LONGEST_MARGIN_MS = 600;

/**
 * Does something with a signal that fires a little before the requester stops waiting, and when the service stops.
 * Nothing is left of it afterwards: what a timer holds until a patient requester's deadline may be many mails.
 */
export async function withinTime<Result>(
  { deadline, signal }: Pick<RequestContext, "deadline" | "signal">,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const limit = new AbortController();
  const timer = setTimeout(
    () => limit.abort(new DOMException("no answer in time", "TimeoutError")),
    timeFor(deadline - Date.now()),
  );
  const stop = () => limit.abort(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await work(limit.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}

function timeFor(leftMs: number): number {
  return Math.max(0, Math.min(LONGEST_MS, leftMs - Math.min(LONGEST_MARGIN_MS, leftMs / 5)));
}
