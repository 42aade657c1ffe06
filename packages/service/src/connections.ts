import { type Bus, connectBus } from "@trunkline/bus";
import type { Clock } from "@trunkline/clock";
import type { JobsOwner } from "@trunkline/jobs";
import type { Redis } from "ioredis";
import type { Registry } from "prom-client";
import type { RedisRole } from "./config/shape.ts";
import { Undeclared } from "./errors.ts";
import type { Readiness } from "./http/readiness.ts";
import type { Lifecycle } from "./lifecycle.ts";
import type { Prepared } from "./prepare-service.ts";
import { type Patience, reach } from "./reach.ts";
import { answers, connectRedis, openRedis } from "./redis-connection.ts";
import { jobsKeys } from "./service-keys.ts";
import type { ServiceDefinition } from "./types.ts";
import { version } from "./version.ts";

export interface Surroundings {
  readonly lifecycle: Lifecycle;
  readonly readiness: Readiness;
  readonly metrics: Registry;
  readonly clock: Clock;
  readonly patience: Patience;
}

/** Connects to every Redis of the service. @throws StartTimedOut, StartCancelled */
export async function openRedises(
  { redises, logger }: Prepared,
  { lifecycle, readiness, patience }: Surroundings,
): Promise<(role: RedisRole) => Redis> {
  const opened = new Map([...redises].map(([role, access]) => [role, openRedis(role, access, logger)]));
  for (const [role, redis] of opened) {
    lifecycle.onStop(`${role} Redis`, () => redis.disconnect());
    readiness.add(`redis ${role}`, () => answers(redis));
  }
  await Promise.all([...opened].map(([role, redis]) => reach(`${role} Redis`, () => connectRedis(redis), patience)));
  return (role) => {
    const redis = opened.get(role);
    if (redis === undefined) throw new Undeclared(`Redis ${role}`, "redis");
    return redis;
  };
}

/** BullMQ is a large library, so only services that declare jobs load it. */
export async function openJobs(
  { jobs: declared }: ServiceDefinition,
  { config, logger }: Prepared,
  { lifecycle, metrics, clock, redis }: Surroundings & { readonly redis: Redis },
): Promise<JobsOwner | undefined> {
  if (declared.length === 0) return undefined;
  const { createJobs } = await import("@trunkline/jobs");
  const jobs = createJobs({ redis, prefix: jobsKeys.in(config.ENVIRONMENT_NAME), logger, metrics, clock });
  lifecycle.onStop("jobs", () => jobs.close());
  return jobs;
}

/** Connects to NATS. @throws StartTimedOut, StartCancelled */
export async function openBus(
  definition: ServiceDefinition,
  { config, logger, nats, production, grace }: Prepared,
  { lifecycle, readiness, metrics, clock, patience, redis }: Surroundings & { readonly redis: Redis },
): Promise<Bus> {
  let bus: Bus | undefined;
  readiness.add("nats", () => bus?.connected ?? false);
  const connect = () =>
    connectBus({
      ...nats,
      service: definition.name,
      description: definition.summary,
      version,
      redis,
      environment: { name: config.ENVIRONMENT_NAME, production },
      logger,
      metrics,
      clock,
      // One attempt: `reach` repeats it, and knows when to stop.
      connectWithinMs: 0,
      drainWithinMs: grace.drainMs,
      streamReplicas: config.NATS_STREAM_REPLICAS,
    });
  const connected = await reach("NATS", connect, patience);
  lifecycle.onStop("NATS", () => connected.drain());
  bus = connected;
  return connected;
}
