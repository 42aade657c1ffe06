import type { Logger } from "pino";

/** Tells people of a trouble once for as long as it lasts, however often it is met. */
export interface Troubles {
  /**
   * @param what names the trouble, such as the host and what could not be read
   * @param tell called the first time only
   */
  met(what: string, error: unknown, tell: () => Promise<void>): Promise<void>;
  over(what: string): void;
}

export function createTroubles(logger: Logger): Troubles {
  const lasting = new Set<string>();
  return {
    met: async (what, error, tell) => {
      logger.warn({ err: error, trouble: what }, "something is in trouble");
      if (lasting.has(what)) return;
      lasting.add(what);
      try {
        await tell();
      } catch (cause) {
        // Nobody was told: the next occurrence tries again.
        lasting.delete(what);
        logger.error({ err: cause, trouble: what }, "nobody could be told of a trouble");
      }
    },
    over: (what) => {
      lasting.delete(what);
    },
  };
}
