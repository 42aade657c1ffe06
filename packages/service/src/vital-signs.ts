import type { Redis } from "ioredis";
import type { Logger } from "pino";
import { vitalSignKeys } from "./service-keys.ts";

/** When services and schedules were last well, over all replicas. */
export interface VitalSigns {
  /** By service: when a replica last said that it is ready. */
  readonly alive: ReadonlyMap<string, Date>;
  /** By `<service>:<schedule>:<key>`: when a run last succeeded, or when the schedule was first known. */
  readonly succeeded: ReadonlyMap<string, Date>;
}

const BEAT_MS = 10_000;

const keys = (environment: string) => ({
  alive: vitalSignKeys.alive.in(environment),
  succeeded: vitalSignKeys.succeeded.in(environment),
});

/** For whoever tells people that the engine is in trouble. Redis holds two small sorted sets, one member for each. */
export async function readVitalSigns(redis: Redis, environment: string): Promise<VitalSigns> {
  const { alive, succeeded } = keys(environment);
  return { alive: await moments(redis, alive), succeeded: await moments(redis, succeeded) };
}

async function moments(redis: Redis, key: string): Promise<Map<string, Date>> {
  const pairs = await redis.zrange(key, 0, -1, "WITHSCORES");
  const found = new Map<string, Date>();
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    found.set(String(pairs[index]), new Date(Number(pairs[index + 1])));
  }
  return found;
}

export interface HeartbeatOptions {
  readonly redis: Redis;
  readonly environment: string;
  readonly service: string;
  /** Names of what keeps the service from working; while there are any, it does not count as alive. */
  readonly failing: () => Promise<readonly string[]>;
  readonly logger: Logger;
}

/** Says again and again that this replica is ready to work. @returns what ends it */
export function startHeartbeat({ redis, environment, service, failing, logger }: HeartbeatOptions): () => void {
  const beat = async () => {
    try {
      if ((await failing()).length === 0) await redis.zadd(keys(environment).alive, Date.now(), service);
    } catch (error) {
      // Redis is away: readiness and the other services say so.
      logger.debug({ err: error }, "no heartbeat");
    }
  };
  void beat();
  const timer = setInterval(() => void beat(), BEAT_MS);
  timer.unref();
  return () => clearInterval(timer);
}

export interface ScheduleSigns {
  /** The schedule exists: from now on its runs are waited for. */
  known(): Promise<void>;
  succeeded(): Promise<void>;
}

/** @param schedule `<service>:<schedule>:<key>` */
export function scheduleSigns(redis: Redis, environment: string, schedule: string): ScheduleSigns {
  const key = keys(environment).succeeded;
  return {
    known: async () => {
      await redis.zadd(key, "NX", Date.now(), schedule);
    },
    succeeded: async () => {
      await redis.zadd(key, Date.now(), schedule);
    },
  };
}
