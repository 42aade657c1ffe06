import { type Bus, connectBus } from "@trunkline/bus";
import { type Clock, systemClock } from "@trunkline/clock";
import { createJobs } from "@trunkline/jobs";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { Environment } from "./config/read-config.ts";
import { Undeclared } from "./errors.ts";
import { startHealthEndpoint } from "./http/health-endpoint.ts";
import { createRegistry, startMetricsEndpoint } from "./http/metrics-endpoint.ts";
import { createReadiness, type Readiness } from "./http/readiness.ts";
import { createLifecycle, type Lifecycle } from "./lifecycle.ts";
import { narrowBus, narrowJobs } from "./narrowed.ts";
import { type Prepared, prepareService } from "./prepare-service.ts";
import { type ReachOptions, reach } from "./reach.ts";
import { answers, connectRedis, openRedis } from "./redis-connection.ts";
import { createSchedules } from "./schedules/schedules.ts";
import type { RedisRole, ServiceDefinition } from "./types.ts";
import { version } from "./version.ts";

export interface StartOptions {
  /** Where the configuration is read from. */
  readonly env: Environment;
  /** The present, for decisions and delayed jobs. @default the machine's */
  readonly clock?: Clock;
  /** Gets the lines instead of standard output. Secrets of the configuration are taken out of standard output only. */
  readonly logger?: Logger;
  /** Gives up a start that waits for brokers. */
  readonly signal?: AbortSignal;
}

export interface RunningService {
  readonly name: string;
  readonly healthPort: number;
  readonly metricsPort: number;
  readonly logger: Logger;
  /**
   * Takes no more work, finishes what is in hand, closes everything. Further calls wait for the first.
   *
   * @throws StopTimedOut when something hangs for longer than SHUTDOWN_TIMEOUT
   * @throws StopFailed when everything is closed, but not all of it without an error
   */
  stop(): Promise<void>;
}

/**
 * Runs a service in this process: any number of them may, each with its own environment.
 *
 * @returns once it is ready to work
 * @throws ConfigError, StartTimedOut, NotServed, or what the service's own start throws; nothing is left open then
 */
export async function startService(definition: ServiceDefinition, options: StartOptions): Promise<RunningService> {
  return startPrepared(definition, prepareService(definition, options.env, options.logger), options);
}

/** Starts a service whose configuration has been read. */
export async function startPrepared(
  definition: ServiceDefinition,
  prepared: Prepared,
  options: Omit<StartOptions, "env">,
): Promise<RunningService> {
  const { config, logger } = prepared;
  const lifecycle = createLifecycle(logger);
  try {
    const ports = await assemble(definition, prepared, { ...options, lifecycle });
    let stopped: Promise<void> | undefined;
    const stop = () => {
      stopped ??= lifecycle.stop(config.SHUTDOWN_TIMEOUT);
      return stopped;
    };
    logger.info({ ...ports, production: isProduction(prepared) }, "ready");
    return { name: definition.name, ...ports, logger, stop };
  } catch (error) {
    await lifecycle.stop(config.SHUTDOWN_TIMEOUT).catch((failure: unknown) => {
      logger.error({ err: failure }, "could not clean up after a failed start");
    });
    throw error;
  }
}

interface Assembly {
  readonly lifecycle: Lifecycle;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
}

/** Parts of SHUTDOWN_TIMEOUT after which what still runs is told to give up: schedules and jobs, then requests. */
const WORK_GRACE = 0.6;
const DRAIN_GRACE = 0.3;

/**
 * Opens everything in the order in which one needs the other; it is closed in reverse. The health endpoint comes
 * first, so that a service that waits for its brokers is alive and says what it waits for.
 */
async function assemble(definition: ServiceDefinition, prepared: Prepared, { lifecycle, ...options }: Assembly) {
  const { config, logger } = prepared;
  const { clock = systemClock } = options;
  const graceMs = config.SHUTDOWN_TIMEOUT * 1000 * WORK_GRACE;
  const readiness = createReadiness();
  const metrics = createRegistry(definition.name, version);
  let phase: "starting" | "ready" | "stopping" = "starting";
  readiness.add("starting", () => phase !== "starting");
  readiness.add("stopping", () => phase !== "stopping");

  const health = await startHealthEndpoint(config.HEALTH_PORT, readiness);
  lifecycle.onStop("health endpoint", () => health.close());
  const metricsEndpoint = await startMetricsEndpoint(config.METRICS_PORT, metrics);
  lifecycle.onStop("metrics endpoint", () => metricsEndpoint.close());

  const reachOptions = { logger, timeoutSeconds: config.START_TIMEOUT, signal: options.signal };
  const redis = await openRedises(prepared, { lifecycle, readiness, reachOptions });
  const main = redis("main");
  const prefix = config.ENVIRONMENT_NAME;
  const jobs = createJobs({ redisUrl: prepared.mainRedisUrl, prefix, clock, logger, metrics });
  lifecycle.onStop("jobs", () => jobs.close());
  const releases = createLifecycle(logger);
  lifecycle.onStop("what the service opened", () => releases.stop(config.SHUTDOWN_TIMEOUT));

  const bus = await openBus(definition, prepared, { clock, metrics, reachOptions });
  lifecycle.onStop("NATS", () => bus.drain());
  readiness.add("nats", () => bus.connected);
  const schedules = createSchedules({
    service: definition.name,
    declared: definition.schedules,
    environment: config.ENVIRONMENT_NAME,
    timezone: config.TIMEZONE,
    redis: main,
    logger,
    metrics,
  });
  lifecycle.onStop("running schedules and jobs", async () => {
    await Promise.all([schedules.stop(graceMs), jobs.stopWork(graceMs)]);
  });
  lifecycle.onStop("readiness", () => {
    phase = "stopping";
    logger.info("stopping");
  });

  const narrowed = narrowBus(bus, definition);
  await definition.start({
    config,
    bus: narrowed.bus,
    clock,
    logger,
    metrics,
    redis,
    jobs: narrowJobs(jobs, definition.jobs),
    schedule: schedules.add,
    readyWhen: (name, check) => readiness.add(name, check),
    onStop: (release) => releases.onStop("a release of the service", release),
  });
  narrowed.checkComplete();
  phase = "ready";
  schedules.start();
  return { healthPort: health.port, metricsPort: metricsEndpoint.port };
}

async function openRedises(
  { redisUrls, logger }: Prepared,
  parts: { readonly lifecycle: Lifecycle; readonly readiness: Readiness; readonly reachOptions: ReachOptions },
): Promise<(role: RedisRole) => Redis> {
  const opened = new Map<RedisRole, Redis>();
  for (const [role, url] of redisUrls) {
    const redis = openRedis(role, url, logger);
    opened.set(role, redis);
    parts.lifecycle.onStop(`${role} Redis`, () => redis.disconnect());
    parts.readiness.add(`redis ${role}`, () => answers(redis));
    await reach(`${role} Redis`, () => connectRedis(redis), parts.reachOptions);
  }
  return (role) => {
    const redis = opened.get(role);
    if (redis === undefined) throw new Undeclared(`Redis ${role}`, "redis");
    return redis;
  };
}

function openBus(
  definition: ServiceDefinition,
  prepared: Prepared,
  parts: { readonly clock: Clock; readonly metrics: Registry; readonly reachOptions: ReachOptions },
): Promise<Bus> {
  const { config, logger } = prepared;
  const { reachOptions, ...dependencies } = parts;
  const connect = () =>
    connectBus({
      servers: config.NATS_SERVER1,
      service: definition.name,
      description: definition.summary,
      version,
      redis: prepared.mainRedisUrl,
      environment: { name: config.ENVIRONMENT_NAME, production: isProduction(prepared) },
      logger,
      // One attempt: `reach` repeats it, and knows when to stop.
      connectWithinMs: 0,
      drainWithinMs: config.SHUTDOWN_TIMEOUT * 1000 * DRAIN_GRACE,
      ...dependencies,
    });
  return reach("NATS", connect, reachOptions);
}

function isProduction({ config }: Prepared): boolean {
  return config.CURRENT_ENVIRONMENT === "production";
}
