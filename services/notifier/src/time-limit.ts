import type { RequestContext } from "@trunkline/bus";

/** However patient a requester is, a mail server does not get more time than this. */
const LONGEST_MS = 60_000;
/** A requester should still hear that there was no answer. */
const MARGIN_MS = 500;

/** Fires a little before the requester stops waiting, and when the service stops. */
export function timeLimit({ deadline, signal }: Pick<RequestContext, "deadline" | "signal">): AbortSignal {
  const left = Math.max(0, Math.min(LONGEST_MS, deadline - Date.now() - MARGIN_MS));
  return AbortSignal.any([signal, AbortSignal.timeout(left)]);
}
