import { setTimeout as sleep } from "node:timers/promises";

export interface EventuallyOptions {
  /** Milliseconds until it is given up. @default 5_000 */
  readonly timeout?: number;
  /** Milliseconds between two looks. @default 20 */
  readonly interval?: number;
}

/**
 * Waits until a condition holds: until the check returns something other than `false` and `undefined` without
 * throwing.
 *
 * @returns what the check returned
 * @throws what the check threw last, or an error that names the check
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { timeout = 5_000, interval = 20 }: EventuallyOptions = {},
): Promise<Exclude<T, false | undefined>> {
  const deadline = Date.now() + timeout;
  for (;;) {
    let failure: unknown = new Error(`not within ${timeout} ms: ${check}`);
    try {
      const result = await check();
      if (result !== false && result !== undefined) return result as Exclude<T, false | undefined>;
    } catch (error) {
      failure = error;
    }
    if (Date.now() > deadline) throw failure;
    await sleep(interval);
  }
}
