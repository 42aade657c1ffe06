import type { Redis } from "ioredis";
import type { Logger } from "pino";
import type { Inbox } from "./inbox.ts";
import type { Link } from "./link.ts";

// For what only has to be sent, such as the answers of aborted handlers.
const LAST_WORDS_MS = 2_000;

export interface DrainParts {
  readonly link: Link;
  readonly inbox: Inbox;
  readonly redis: Redis;
  readonly logger: Logger;
}

/** Work that comes in from outside. */
export interface Drainable {
  /** Takes no more and resolves when what is in hand is done. */
  finish(): Promise<void>;
  /** Aborts what is still being done. */
  abort(): void;
}

/** Takes no more work, finishes what is in hand, sends what is buffered, and closes. Never rejects. */
export async function drainBus(
  { link, inbox, redis, logger }: DrainParts,
  work: readonly Drainable[],
  withinMs: number,
): Promise<void> {
  const finished = Promise.allSettled(work.map((each) => each.finish()));
  if (!(await ends(finished, withinMs))) {
    logger.warn({ withinMs }, "work in hand did not end in time and is aborted");
    for (const each of work) each.abort();
    await ends(finished, LAST_WORDS_MS);
  }
  inbox.close();
  if (!link.nc.isClosed()) await ends(link.flush(), LAST_WORDS_MS);
  await link.close();
  if (redis.status === "ready") await ends(redis.quit(), LAST_WORDS_MS);
  redis.disconnect();
}

/** Whether something has ended, well or not, by then. */
async function ends(work: Promise<unknown>, withinMs: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), withinMs);
  work.then(
    () => resolve(true),
    () => resolve(true),
  );
  const isEnded = await promise;
  clearTimeout(timer);
  return isEnded;
}
