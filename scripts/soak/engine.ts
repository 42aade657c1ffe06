import { setTimeout as sleep } from "node:timers/promises";
import type { Broker } from "@trunkline/brokers";
import type { Sandbox } from "@trunkline/sandbox";
import { type RunningService, type ScheduledRun, type ServiceDefinition, startService } from "@trunkline/service";
import type { MovableClock } from "@trunkline/testkit";
import type { Logger } from "pino";
import { serviceCatalogue } from "../demo/service-catalogue.ts";
import { until } from "../demo/until.ts";
import { businessGradeHosts } from "./facts.ts";
import { mortal } from "./mortal.ts";
import type { NatsServers } from "./nats-servers.ts";

/** The services of a day, in one process, each of which can be ended without warning and started again. */
export interface Engine {
  /** Runs what a service does on a schedule, for one key. @throws what the run throws */
  run(service: string, key: string): Promise<void>;
  /** Hands out what has become due. */
  promote(): Promise<void>;
  /** @returns what is due and not done, and when the next job is due */
  outstanding(): Promise<{ readonly due: readonly string[]; readonly next: number }>;
  kill(service: string): Promise<void>;
  restart(service: string): Promise<void>;
  /** Resolves when every service says that it can work. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

export interface EngineOptions {
  readonly nats: NatsServers;
  readonly redis: Broker;
  readonly sandbox: Sandbox;
  /** Of all services; stands at the beginning of the day once the engine has started. */
  readonly clock: MovableClock;
  readonly hosts: readonly string[];
  readonly logger: Logger;
}

/** In the order in which they start: each after those it asks. */
const names = [
  "bruin-bridge",
  "velocloud-bridge",
  "digi-bridge",
  "notifier",
  "customer-cache",
  "service-outage-monitor",
  "service-outage-triage",
] as const;
const withJobs = ["service-outage-monitor", "service-outage-triage"] as const;
const CACHE = "customer-cache";
const START_MS = 60_000;
/** A cache that had to leave something out comes again after an eighth of its interval. */
const REFRESH_MS = 8 * 600_000;
const REBUILD_MS = REFRESH_MS / 8;
const MOST_BUILDS = 10;
/** Of real time: a third party is given a rest for as long after it has failed. */
const REST_MS = 11_000;

export async function startEngine(options: EngineOptions): Promise<Engine> {
  const catalogue = new Map((await serviceCatalogue()).map(({ definition }) => [definition.name, definition]));
  const lives = new Map<string, Life>();
  const start = async (name: string) => {
    const definition = catalogue.get(name);
    if (definition === undefined) throw new Error(`there is no service ${name}`);
    lives.set(name, await begin(definition, options));
  };
  const lifeOf = (name: string): Life => {
    const life = lives.get(name);
    if (life === undefined) throw new Error(`${name} is not running`);
    return life;
  };
  for (const name of names) {
    await start(name);
    if (name === CACHE) await buildCache(lifeOf(name), options);
    await untilReady(lifeOf(name).running);
  }
  return {
    run: (name, key) => lifeOf(name).run(key),
    promote: async () => {
      await Promise.all(withJobs.map((name) => lifeOf(name).running.promoteDueJobs()));
    },
    outstanding: async () => {
      const all = await Promise.all(withJobs.map((name) => lifeOf(name).running.outstandingJobs()));
      return {
        due: all.flatMap(({ due }) => due),
        next: Math.min(...all.map(({ next }) => next?.getTime() ?? Number.POSITIVE_INFINITY)),
      };
    },
    kill: (name) => lifeOf(name).kill(),
    restart: async (name) => {
      await start(name);
      await untilReady(lifeOf(name).running);
    },
    ready: async () => {
      await Promise.all([...lives.values()].map(({ running }) => untilReady(running)));
    },
    stop: async () => {
      await Promise.all([...lives.values()].map(({ running }) => running.stop()));
    },
  };
}

/**
 * Builds the cache before the day begins, in the hours before. A busy machine may let calls run out of time, and what
 * could not be asked about is left out then: that would be another day.
 */
async function buildCache({ running, run }: Life, { hosts, clock }: EngineOptions): Promise<void> {
  const begin = clock.now();
  clock.set(new Date(begin.getTime() - (MOST_BUILDS + 1) * REBUILD_MS));
  for (let builds = 1; ; builds++) {
    for (const host of hosts) await run(host).catch(() => undefined);
    const metrics = await (await fetch(`http://127.0.0.1:${running.metricsPort}/metrics`)).text();
    const isComplete = (host: string) =>
      metrics
        .split("\n")
        .some(
          (line) =>
            line.startsWith("cache_refresh_duration_seconds_count") &&
            line.includes(host) &&
            line.includes('"complete"'),
        );
    if (hosts.every(isComplete)) break;
    if (builds === MOST_BUILDS) throw new Error("the customer cache could not be built completely");
    clock.advance(REBUILD_MS);
    await sleep(REST_MS);
  }
  clock.set(begin);
}

/** One life of a service, until it is killed. */
interface Life {
  readonly running: RunningService;
  run(key: string): Promise<void>;
  kill(): Promise<void>;
}

async function begin(definition: ServiceDefinition, options: EngineOptions): Promise<Life> {
  const schedules = new Map<string, (run: ScheduledRun) => Promise<void>>();
  const death = new AbortController();
  const observed: ServiceDefinition = {
    ...definition,
    start: (parts) =>
      definition.start({
        ...mortal(parts, death.signal),
        // The day says when a schedule runs.
        schedule: async ({ key = "all" }, work) => void schedules.set(key, work),
      }),
  };
  const { clock, logger } = options;
  const running = await startService(observed, {
    env: environmentOf(definition.name, options),
    clock,
    logger,
  });
  return {
    running,
    run: async (key) => {
      const work = schedules.get(key);
      if (work === undefined) throw new Error(`${definition.name} has no schedule for ${key}`);
      await work({ signal: death.signal, fencingToken: 1, logger });
    },
    kill: async () => {
      death.abort(new Error("killed"));
      // What it opened is closed; nothing that it does any more reaches anybody.
      await running.stop().catch(() => undefined);
    },
  };
}

function untilReady({ name, healthPort }: RunningService): Promise<void> {
  return until(`${name} to be ready`, START_MS, async () => {
    return (await fetch(`http://127.0.0.1:${healthPort}/_ready`)).ok;
  });
}

function environmentOf(name: string, { nats, redis, sandbox, hosts }: EngineOptions): Record<string, string> {
  const redisAddress = `${redis.host}:${redis.port}`;
  return {
    NATS_SERVER1: nats.url,
    NATS_STREAM_REPLICAS: String(nats.streamReplicas),
    REDIS_HOSTNAME: redisAddress,
    REDIS_CUSTOMER_CACHE_HOSTNAME: redisAddress,
    ENVIRONMENT_NAME: "soak",
    CURRENT_ENVIRONMENT: "production",
    TIMEZONE: "US/Eastern",
    HEALTH_PORT: "0",
    METRICS_PORT: "0",
    SHUTDOWN_TIMEOUT: "10",
    MONITORING__VELOCLOUD_HOST: JSON.stringify(hosts),
    MONITORING__BUSINESS_GRADE_HOSTS: JSON.stringify(businessGradeHosts),
    TRIAGE__MONITORED_VELOCLOUD_HOSTS: JSON.stringify(hosts),
    VELOCLOUD_HOSTS: JSON.stringify(hosts),
    REFRESH_JOB_INTERVAL: String(REFRESH_MS / 1_000),
    SLACK_FOLD_SECONDS: "0",
    ...sandbox.env(name),
  };
}
