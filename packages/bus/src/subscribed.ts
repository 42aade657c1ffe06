import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { NotAllowedError } from "./errors.ts";
import type { Link } from "./link.ts";

const RETRY_MS = 100;

/**
 * Resolves when the server knows of everything that was subscribed to, or never will.
 *
 * @throws NotAllowedError when it refuses a subscription to `subject`
 */
export async function subscribed(link: Link, subject: string): Promise<void> {
  while (await link.whenConnected(Number.POSITIVE_INFINITY)) {
    try {
      await link.flush();
    } catch {
      // The connection broke; all subscriptions are made again over the next one.
      await sleep(RETRY_MS);
      continue;
    }
    // A refusal came before the server's answer, but passes through the client's queue of news.
    await setImmediate();
    if (link.refuses(subject)) throw new NotAllowedError("subscribe", subject);
    return;
  }
}
