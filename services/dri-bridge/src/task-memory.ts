import { createHash } from "node:crypto";
import { keyFamily } from "@trunkline/bus";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import { z } from "zod";
import type { TaskId } from "./dri-client.ts";
import { spacedJson } from "./spaced-json.ts";

/** Who asks for what: a device, and the set of parameters. */
export interface Question {
  readonly serial: string;
  readonly parameterSet: { readonly ParameterNames: readonly string[] };
}

/** A task that is known of a device. */
export interface KnownTask {
  readonly id: TaskId;
  /** Whether it was begun for this very question; else it may be about other parameters. */
  readonly isOurs: boolean;
}

/**
 * Which task of DataRemote's is about which device, shared by all replicas. It only saves work: without it, the task is
 * found among the pending ones, or another one is begun. So a Redis that is away is not a failure.
 */
export interface TaskMemory {
  recall(question: Question): Promise<KnownTask | undefined>;
  remember(question: Question, task: KnownTask): Promise<void>;
  forget(question: Question, task: KnownTask): Promise<void>;
}

export interface TaskMemoryOptions {
  readonly redis: Pick<Redis, "mget" | "set" | "del">;
  /** The environment's name, which Redis keys begin with. */
  readonly environment: string;
  readonly ttlSeconds: number;
  readonly logger: Logger;
}

export const taskKeys = keyFamily("-dri-serial-");

const taskId = z.union([z.string(), z.number()]);

export function createTaskMemory({ redis, environment, ttlSeconds, logger }: TaskMemoryOptions): TaskMemory {
  const keysOf = ({ serial, parameterSet }: Question) => {
    // The first is the existing fleet's, which has one task for a device; the second tells sets apart.
    const device = taskKeys.in(environment) + serial;
    const digest = createHash("sha256").update(spacedJson(parameterSet)).digest("hex").slice(0, 16);
    return { device, question: `${device}-${digest}` };
  };

  async function unlessAway<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      logger.warn({ err: error }, "Redis does not say which tasks there are");
      return undefined;
    }
  }

  return {
    async recall(question) {
      const keys = keysOf(question);
      const [ours, any] = (await unlessAway(() => redis.mget(keys.question, keys.device))) ?? [];
      const id = read(ours) ?? read(any);
      return id === undefined ? undefined : { id, isOurs: read(ours) !== undefined };
    },
    async remember(question, { id, isOurs }) {
      const keys = keysOf(question);
      for (const key of isOurs ? [keys.device, keys.question] : [keys.device])
        await unlessAway(() => redis.set(key, JSON.stringify(id), "EX", ttlSeconds));
    },
    async forget(question, { id }) {
      const keys = Object.values(keysOf(question));
      const stored = (await unlessAway(() => redis.mget(...keys))) ?? [];
      // Another question's task may have taken the device's key meanwhile.
      const stale = keys.filter((_, index) => read(stored[index]) === id);
      if (stale.length > 0) await unlessAway(() => redis.del(...stale));
    },
  };
}

function read(stored: string | null | undefined): TaskId | undefined {
  try {
    return taskId.safeParse(JSON.parse(stored ?? "null")).data;
  } catch {
    return undefined;
  }
}
