import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import { InvalidSchedule, Undeclared } from "../errors.ts";
import { scheduleKeys } from "../service-keys.ts";
import type { ScheduledRun, ScheduleOptions } from "../types.ts";
import { scheduleSigns } from "../vital-signs.ts";
import { cronOf } from "./cron-expression.ts";
import { scheduleMetrics } from "./schedule-metrics.ts";
import { ScheduledWork } from "./scheduled-work.ts";

export interface Schedules {
  add(options: ScheduleOptions, work: (run: ScheduledRun) => Promise<void>): Promise<void>;
  /** Before this nothing runs; what is added later starts at once. */
  start(): void;
  stop(graceMs: number): Promise<void>;
}

export interface SchedulesOptions {
  readonly service: string;
  /** Names that may be added. */
  readonly declared: readonly string[];
  readonly environment: string;
  readonly timezone: string;
  readonly redis: Redis;
  readonly logger: Logger;
  readonly metrics: Registry;
}

/** The schedules of one replica of a service. */
export function createSchedules(options: SchedulesOptions): Schedules {
  const { service, declared, environment, timezone, redis, logger } = options;
  const metrics = scheduleMetrics(options.metrics);
  const shared = {
    timezone,
    redis,
    logger,
    metrics,
    replica: randomUUID(),
    signsOf: (id: string) => scheduleSigns(redis, environment, `${service}:${id}`),
    prefix: scheduleKeys(service).in(environment),
  };
  const added = new Map<string, ScheduledWork>();
  let ticking = false;
  return {
    add: async ({ name, key = "all", every, atStart = false }, work) => {
      if (!declared.includes(name)) throw new Undeclared(`schedule ${name}`, "schedules");
      const id = `${name}:${key}`;
      if (added.has(id)) throw new InvalidSchedule(name, `is there already for the key ${key}`);
      const one = new ScheduledWork({ ...shared, schedule: name, key, cron: cronOf(name, every), atStart, work });
      added.set(id, one);
      if (ticking) one.start();
    },
    start: () => {
      ticking = true;
      for (const one of added.values()) one.start();
    },
    stop: async (graceMs) => {
      ticking = false;
      await Promise.all([...added.values()].map((one) => one.stop(graceMs)));
    },
  };
}
