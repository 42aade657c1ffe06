import { setTimeout as sleep } from "node:timers/promises";
import type { Asking } from "./ask-peers.ts";

/** A bridge that starts together with a cache answers a little later. */
const PAUSES_MS = [2_000, 4_000, 8_000];

/**
 * Asks what a whole build depends on: again, after pauses, while the answer may still come.
 *
 * @throws the signal's reason when the build has to stop
 */
export async function askAgain<Body>(
  ask: () => Promise<Asking<Body>>,
  { signal, pausesMs = PAUSES_MS }: { readonly signal: AbortSignal; readonly pausesMs?: readonly number[] | undefined },
): Promise<Asking<Body>> {
  for (const pause of pausesMs) {
    const answer = await ask();
    if (answer.ok || !answer.failure.transient) return answer;
    await sleep(pause, undefined, { signal });
  }
  return ask();
}
