import { type Clock, systemClock } from "@trunkline/clock";
import type { JobsOwner, OutstandingJobs } from "@trunkline/jobs";
import type { Logger } from "pino";
import type { Environment } from "./config/read-config.ts";
import { openBus, openJobs, openRedises, type Surroundings } from "./connections.ts";
import { startHealthEndpoint } from "./http/health-endpoint.ts";
import { createRegistry, startMetricsEndpoint } from "./http/metrics-endpoint.ts";
import { createReadiness } from "./http/readiness.ts";
import { createLifecycle, type Lifecycle } from "./lifecycle.ts";
import { narrowBus, narrowJobs } from "./narrowed.ts";
import { type Prepared, prepareService } from "./prepare-service.ts";
import { createSchedules } from "./schedules/schedules.ts";
import type { ServiceDefinition } from "./types.ts";
import { version } from "./version.ts";
import { startHeartbeat } from "./vital-signs.ts";

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
  /** For a simulation that moved its clock: hands out the delayed jobs that became due. @returns how many */
  promoteDueJobs(): Promise<number>;
  /** For a simulation that waits until all is quiet: the delayed jobs that are left. */
  outstandingJobs(): Promise<OutstandingJobs>;
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
  options: Pick<StartOptions, "clock" | "signal">,
): Promise<RunningService> {
  const { config, logger, production } = prepared;
  const lifecycle = createLifecycle(logger);
  try {
    const { surroundings, ...ports } = await openEndpoints(definition.name, prepared, { ...options, lifecycle });
    const jobs = await bringUp(definition, prepared, surroundings);
    logger.info({ ...ports, production }, "ready");
    let stopped: Promise<void> | undefined;
    const stop = () => {
      stopped ??= lifecycle.stop(config.SHUTDOWN_TIMEOUT);
      return stopped;
    };
    return {
      name: definition.name,
      ...ports,
      promoteDueJobs: async () => jobs?.promoteDue() ?? 0,
      outstandingJobs: async () => (await jobs?.outstanding()) ?? { due: [], next: undefined },
      stop,
    };
  } catch (error) {
    await lifecycle.stop(config.SHUTDOWN_TIMEOUT).catch((failure: unknown) => {
      logger.error({ err: failure }, "could not clean up after a failed start");
    });
    throw error;
  }
}

/** The health endpoint comes first: a service that waits for its brokers is alive and says what it waits for. */
async function openEndpoints(
  name: string,
  { config, logger }: Prepared,
  options: { readonly lifecycle: Lifecycle; readonly clock?: Clock; readonly signal?: AbortSignal },
) {
  const { lifecycle, clock = systemClock, signal } = options;
  const readiness = createReadiness();
  const health = await startHealthEndpoint(config.HEALTH_PORT, readiness);
  lifecycle.onStop("health endpoint", () => health.close());
  const metrics = createRegistry(name, version);
  const metricsEndpoint = await startMetricsEndpoint(config.METRICS_PORT, metrics);
  lifecycle.onStop("metrics endpoint", () => metricsEndpoint.close());
  const timeoutSeconds = config.START_TIMEOUT;
  const patience = { logger, timeoutSeconds, deadline: Date.now() + timeoutSeconds * 1000, signal };
  const surroundings: Surroundings = { lifecycle, readiness, metrics, clock, patience };
  return { surroundings, healthPort: health.port, metricsPort: metricsEndpoint.port };
}

/** Opens everything else in the order in which one needs the other; it is closed in reverse. */
async function bringUp(
  definition: ServiceDefinition,
  prepared: Prepared,
  surroundings: Surroundings,
): Promise<JobsOwner | undefined> {
  const { config, logger, grace } = prepared;
  const { lifecycle, readiness, metrics, clock } = surroundings;

  const redis = await openRedises(prepared, surroundings);
  const main = { ...surroundings, redis: redis("main") };
  const jobs = await openJobs(definition, prepared, main);
  const releases = createLifecycle(logger);
  lifecycle.onStop("what the service opened", () => releases.stop(config.SHUTDOWN_TIMEOUT));
  const bus = await openBus(definition, prepared, main);
  const schedules = createSchedules({
    service: definition.name,
    declared: definition.schedules,
    environment: config.ENVIRONMENT_NAME,
    timezone: config.TIMEZONE,
    redis: redis("main"),
    logger,
    metrics,
  });
  lifecycle.onStop("running schedules and jobs", async () => {
    await Promise.all([schedules.stop(grace.workMs), jobs?.stopWork(grace.workMs)]);
  });
  lifecycle.onStop("readiness", () => readiness.enter("stopping"));

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
  readiness.enter("ready");
  const { ENVIRONMENT_NAME: environment } = config;
  const failing = () => readiness.failing();
  const endHeartbeat = startHeartbeat({ redis: redis("main"), environment, service: definition.name, failing, logger });
  lifecycle.onStop("heartbeat", endHeartbeat);
  schedules.start();
  return jobs;
}
