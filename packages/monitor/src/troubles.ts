import type { Redis } from "ioredis";
import type { Logger } from "pino";

/** Tells people of a trouble once for as long as it lasts, however often and by however many replicas it is met. */
export interface Troubles {
  /**
   * @param what names the trouble, such as the host and what could not be read
   * @param tell called by whoever meets it first
   * @returns whether people were told now
   */
  met(what: string, error: unknown, tell: () => Promise<void>): Promise<boolean>;
  /**
   * The same for a trouble that may be one edge's alone, or everybody's: it is told as everybody's, and again only
   * when it is over for that edge too. One edge that fails for ever among others that do not is no news every time.
   *
   * @param what names the trouble, and the edge's part of it
   */
  metBy(
    what: { readonly whose: string; readonly everybodys: string },
    error: unknown,
    tell: () => Promise<void>,
  ): Promise<void>;
  /** Never fails: that a trouble is over must not become one. */
  over(what: string): Promise<void>;
  /** An edge's part of a trouble is over; this costs nothing where there was none. */
  overFor(whose: string): Promise<void>;
}

export interface TroublesOptions {
  /** Where replicas learn of each other's troubles; without it, each tells of its own. */
  readonly redis?: Pick<Redis, "set" | "expire" | "del" | "exists">;
  /** Beginning of the Redis keys. */
  readonly prefix: string;
  readonly logger: Logger;
}

/** Whoever dies while telling leaves the telling to the next after so long. */
const TELLING_SECONDS = 60;
/** A trouble that lasts longer is told again. */
const REMEMBERED_SECONDS = 24 * 3600;
/** A process keeps no more in mind; the oldest go first, and Redis still knows them. */
const MOST_KEPT = 10_000;
/** That a trouble of another replica is over is looked for no more often than this. */
const LOOK_AGAIN_MS = 60_000;

export function createTroubles({ redis, prefix, logger }: TroublesOptions): Troubles {
  const lasting = lastingTroubles();
  const clearUntil = new Map<string, number>();
  const keyOf = (what: string) => `${prefix}:trouble:${what}`;

  const isFirst = async (what: string) => {
    return redis === undefined || (await redis.set(keyOf(what), "telling", "EX", TELLING_SECONDS, "NX")) === "OK";
  };
  const forget = async (what: string) => {
    try {
      await redis?.del(keyOf(what));
    } catch (error) {
      logger.warn({ err: error, trouble: what }, "a trouble that is over stays remembered for a while");
    }
  };
  const troubles: Troubles = {
    met: async (what, error, tell) => {
      logger.warn({ err: error, trouble: what }, "something is in trouble");
      clearUntil.delete(what);
      if (lasting.has(what)) return false;
      lasting.add(what);
      try {
        if (!(await isFirst(what))) return false;
        await tell();
        await redis?.expire(keyOf(what), REMEMBERED_SECONDS);
        return true;
      } catch (cause) {
        // Nobody was told: the next occurrence tries again.
        lasting.delete(what);
        await redis?.del(keyOf(what)).catch(() => undefined);
        logger.error({ err: cause, trouble: what }, "nobody could be told of a trouble");
        return false;
      }
    },
    metBy: async ({ whose, everybodys }, error, tell) => {
      if (lasting.has(whose) || (await redis?.exists(keyOf(whose))) === 1) {
        lasting.add(whose);
        logger.warn({ err: error, trouble: whose }, "something is still in trouble");
        return;
      }
      if (!(await troubles.met(everybodys, error, tell))) return;
      lasting.add(whose);
      await redis?.set(keyOf(whose), "told", "EX", REMEMBERED_SECONDS);
    },
    over: async (what) => {
      const now = performance.now();
      if (!lasting.delete(what) && now < (clearUntil.get(what) ?? 0)) return;
      clearUntil.set(what, now + LOOK_AGAIN_MS);
      await forget(what);
    },
    overFor: async (whose) => {
      if (lasting.delete(whose)) await forget(whose);
    },
  };
  return troubles;
}

/** What this process knows to be in trouble, for as long as Redis remembers it. */
function lastingTroubles() {
  const until = new Map<string, number>();
  return {
    has: (what: string) => (until.get(what) ?? 0) > performance.now(),
    add: (what: string) => {
      until.delete(what);
      until.set(what, performance.now() + REMEMBERED_SECONDS * 1000);
      const [oldest] = until.keys();
      if (until.size > MOST_KEPT && oldest !== undefined) until.delete(oldest);
    },
    delete: (what: string) => until.delete(what),
  };
}
