import type { Redis } from "ioredis";
import { z } from "zod";
import type { Alert } from "./decide-alerts.ts";

const stored = z.object({
  since: z.iso.datetime(),
  over: z.string(),
  // What was written before there were SMS has none.
  severity: z.enum(["critical", "warning"]).default("warning"),
});
export type OpenAlert = z.output<typeof stored>;

const counted = z.object({ count: z.number(), grewAt: z.iso.datetime().nullable() });

/** What people have been told of and is not over, and how far dead letters were counted; it outlives this service. */
export interface OpenAlerts {
  all(): Promise<ReadonlyMap<string, OpenAlert>>;
  opened(alert: Alert): Promise<void>;
  closed(id: string): Promise<void>;
  /**
   * When the counts last grew. What was there before the first look is no news.
   *
   * @param counts dead letters by subject
   */
  growth(
    counts: ReadonlyMap<string, number>,
    now: Date,
  ): Promise<Map<string, { readonly count: number; readonly grewAt: Date | null }>>;
}

export function openAlerts(redis: Redis, prefix: string): OpenAlerts {
  const [open, letters] = [`${prefix}:open`, `${prefix}:dead-letters`];
  return {
    all: async () => {
      const entries = Object.entries(await redis.hgetall(open));
      return new Map(entries.map(([id, text]) => [id, stored.parse(JSON.parse(text))]));
    },
    opened: async ({ id, since, over, severity }) => {
      const told: OpenAlert = { since: since.toISOString(), over, severity };
      await redis.hset(open, id, JSON.stringify(told));
    },
    closed: async (id) => {
      await redis.hdel(open, id);
    },
    growth: async (counts, now) => {
      const before = await redis.hgetall(letters);
      const isFirstLook = (await redis.set(`${prefix}:looked`, "yes", "NX")) === "OK";
      const found = new Map<string, { readonly count: number; readonly grewAt: Date | null }>();
      for (const [subject, count] of counts) {
        const known = before[subject] === undefined ? undefined : counted.parse(JSON.parse(before[subject]));
        const hasGrown = known === undefined ? !isFirstLook : count > known.count;
        const grewAt = hasGrown ? now.toISOString() : (known?.grewAt ?? null);
        await redis.hset(letters, subject, JSON.stringify({ count, grewAt }));
        found.set(subject, { count, grewAt: grewAt === null ? null : new Date(grewAt) });
      }
      return found;
    },
  };
}
