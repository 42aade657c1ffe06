import { keyFamily } from "@trunkline/bus";
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

export const dispatcherKeys = {
  times: keyFamily("-task_dispatcher-z-ticket_forwards", { rest: "" }),
  tasks: keyFamily("-task_dispatcher-h-ticket_forwards", { rest: "" }),
};

export function dispatcherQueue(redis: Redis, environment: string): DispatcherQueue {
  const [times, tasks] = [dispatcherKeys.times.in(environment), dispatcherKeys.tasks.in(environment)];
  return {
    holds: async (key) => (await redis.zscore(times, key)) !== null,
    takeBack: async (key) => {
      const results = await redis.multi().zrem(times, key).hdel(tasks, key).exec();
      return results?.some(([, count]) => Number(count) > 0) === true;
    },
  };
}
