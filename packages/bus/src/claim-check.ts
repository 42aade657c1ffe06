import type { Redis } from "ioredis";
import type { Counter } from "prom-client";
import { isObject } from "./envelope.ts";
import { ClaimGoneError } from "./errors.ts";
import { readJson } from "./json.ts";
import { shortId } from "./random-id.ts";
import { ask } from "./redis.ts";

/** How long a parked payload waits for its reader. The existing fleet uses the same. */
export const CLAIM_SECONDS = 300;

// Whoever may publish may name a token. Other keys of this Redis do not look like this, so a token cannot reach them.
const TOKEN = /^[0-9A-Za-z]{20,36}$/;

export interface ClaimCheck {
  /** Whether these many bytes, headers included, travel as they are. */
  fits(bytes: number): boolean;
  /**
   * Parks a payload in Redis.
   *
   * @returns what travels instead
   * @throws StoreUnavailableError
   */
  park(payload: Buffer, seconds?: number): Promise<Buffer>;
  /**
   * Reads a payload, fetching it when it is a claim.
   *
   * @param readers `one` deletes a fetched payload, because nobody else will ask for it
   * @throws NotJsonError, ClaimGoneError, StoreUnavailableError
   */
  read(payload: Uint8Array, readers: "one" | "many"): Promise<unknown>;
}

export interface ClaimCheckOptions {
  readonly redis: Redis;
  readonly maxPayload: () => number;
  readonly bytes: Counter<"direction">;
}

export function createClaimCheck({ redis, maxPayload, bytes }: ClaimCheckOptions): ClaimCheck {
  return {
    fits: (length) => length <= maxPayload(),
    async park(payload, seconds = CLAIM_SECONDS) {
      const token = shortId();
      await ask(redis.set(token, payload, "EX", seconds));
      bytes.inc({ direction: "out" }, payload.length);
      return Buffer.from(`{"is_stored":true,"token":"${token}"}`);
    },
    async read(payload, readers) {
      const value = readJson(payload);
      const token = tokenOf(value);
      return token === undefined ? value : fetch(token, readers);
    },
  };

  async function fetch(token: string, readers: "one" | "many"): Promise<unknown> {
    const payload = TOKEN.test(token) ? await ask(redis.getBuffer(token)) : null;
    if (payload === null) throw new ClaimGoneError();
    bytes.inc({ direction: "in" }, payload.length);
    // Nobody waits for it: what is not deleted now expires in minutes.
    if (readers === "one") redis.unlink(token).catch(() => {});
    return readJson(payload);
  }
}

/** The token of `{"token": …, "is_stored": true}`, whichever way round; undefined when it is no claim. */
function tokenOf(value: unknown): string | undefined {
  if (!isObject(value) || value.is_stored !== true || value.token === null || value.token === undefined)
    return undefined;
  return String(value.token);
}
