import { setTimeout as sleep } from "node:timers/promises";
import { ErrorCode, type NatsConnection, NatsError } from "nats";

const PAUSE_MS = 250;

/** Nobody serves a subject that vectors are for. */
export class NotServed extends Error {
  override readonly name = "NotServed";
}

/**
 * Waits until somebody listens on every subject. It sends an empty payload, which is no request of any kind: NATS
 * says at once when there is nobody to get it.
 *
 * @throws NotServed when that takes too long
 */
export async function untilServed(nats: NatsConnection, subjects: readonly string[], withinMs: number): Promise<void> {
  const until = Date.now() + withinMs;
  for (const subject of subjects) {
    while (!(await isServed(nats, subject))) {
      if (Date.now() > until) throw new NotServed(`nobody serves ${subject}`);
      await sleep(PAUSE_MS);
    }
  }
}

async function isServed(nats: NatsConnection, subject: string): Promise<boolean> {
  try {
    await nats.request(subject, "", { timeout: 200 });
    return true;
  } catch (error) {
    if (!(error instanceof NatsError)) throw error;
    // Some implementations have no answer to what is no request.
    return error.code !== ErrorCode.NoResponders;
  }
}
