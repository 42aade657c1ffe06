import type { Redis } from "ioredis";
import type { Counter } from "prom-client";
import { isObject } from "./envelope.ts";
import { ClaimGoneError } from "./errors.ts";
import { type SizedText, sizeOf } from "./frames.ts";
import { shortId } from "./random-id.ts";
import { ask } from "./redis.ts";

/** How long a parked payload waits for its reader. The existing fleet uses the same. */
const CLAIM_SECONDS = 300;
// Whoever may publish may name a token. Other keys of this Redis do not look like this, so a token cannot reach them.
const TOKEN = /^(?:[0-9A-Za-z]{20,36}|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})$/;

export interface ClaimCheck {
  /** Whether headers and text travel as they are. */
  fits(message: SizedText): boolean;
  /**
   * Parks a payload in Redis.
   *
   * @returns what travels instead
   * @throws StoreUnavailableError
   */
  park(payload: string, seconds?: number): Promise<string>;
  /**
   * Gets back what was parked.
   *
   * @param readers `one` deletes it, because nobody else will ask for it
   * @throws ClaimGoneError, StoreUnavailableError
   */
  fetch(claim: Claim, readers: "one" | "many"): Promise<Buffer>;
}

/** What travels instead of a payload that is too large: `{"token": …, "is_stored": true}`, whichever way round. */
export interface Claim {
  readonly token: unknown;
  readonly is_stored: true;
}

export function isClaim(value: unknown): value is Claim {
  return isObject(value) && value.is_stored === true && value.token !== null && value.token !== undefined;
}

export interface ClaimCheckOptions {
  readonly redis: Redis;
  readonly maxPayload: () => number;
  readonly bytes: Counter<"direction">;
}

export function createClaimCheck({ redis, maxPayload, bytes }: ClaimCheckOptions): ClaimCheck {
  return {
    // Counting bytes is worth it only near the limit: UTF-8 has at most three for each unit of a text.
    fits: (message) =>
      3 * (message.headers.length + message.text.length) <= maxPayload() || sizeOf(message) <= maxPayload(),
    async park(payload, seconds = CLAIM_SECONDS) {
      const token = shortId();
      const encoded = Buffer.from(payload);
      await ask(redis.set(token, encoded, "EX", seconds));
      bytes.inc({ direction: "out" }, encoded.length);
      return `{"is_stored":true,"token":"${token}"}`;
    },
    async fetch({ token }, readers) {
      const isToken = typeof token === "string" && TOKEN.test(token);
      const payload = isToken ? await ask(redis.getBuffer(token)) : null;
      if (!isToken || payload === null) throw new ClaimGoneError();
      bytes.inc({ direction: "in" }, payload.length);
      // Nobody waits for it: what is not deleted now expires in minutes.
      if (readers === "one") redis.unlink(token).catch(() => {});
      return payload;
    },
  };
}
