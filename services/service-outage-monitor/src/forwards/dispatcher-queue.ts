import type { Redis } from "ioredis";

/**
 * Forwards that the existing fleet's monitor put down for its task-dispatcher, in the dispatcher's own Redis keys. We
 * put none there; we respect and take back what is there.
 */
export interface DispatcherQueue {
  holds(key: string): Promise<boolean>;
  /** @returns whether there was anything to take back */
  takeBack(key: string): Promise<boolean>;
}

export function dispatcherQueue(redis: Redis, environment: string): DispatcherQueue {
  const prefix = `${environment}-task_dispatcher`;
  const [times, tasks] = [`${prefix}-z-ticket_forwards`, `${prefix}-h-ticket_forwards`];
  return {
    holds: async (key) => (await redis.zscore(times, key)) !== null,
    takeBack: async (key) => {
      const results = await redis.multi().zrem(times, key).hdel(tasks, key).exec();
      return results?.some(([, count]) => Number(count) > 0) === true;
    },
  };
}
