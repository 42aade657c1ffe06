import type { Redis } from "ioredis";
import { beginningOf, endOf, type Notice } from "./alertmanager-notice.ts";
import type { OnCall } from "./on-call.ts";

export interface RelayOptions {
  readonly redis: Redis;
  /** Redis key of what has been told and is not over. */
  readonly key: string;
  readonly tell: OnCall["tell"];
}

/**
 * Tells on-call once that an alert fires and once that it is over, however often and from however many Alertmanagers
 * it comes. What is told is written down afterwards; a word that is told again in between has the same id.
 */
export function relayNotices({ redis, key, tell }: RelayOptions): (notice: Notice) => Promise<void> {
  return async ({ alerts }) => {
    for (const alert of alerts) {
      const { fingerprint, status, startsAt } = alert;
      const toldOf = await redis.hget(key, fingerprint);
      if (status === "firing" && toldOf !== startsAt) {
        await tell(beginningOf(alert));
        await redis.hset(key, fingerprint, startsAt);
      } else if (status === "resolved" && toldOf !== null) {
        await tell(endOf({ ...alert, startsAt: toldOf }));
        await redis.hdel(key, fingerprint);
      }
    }
  };
}
