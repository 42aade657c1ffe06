import type { Brokers } from "@trunkline/brokers";
import type { Sandbox } from "@trunkline/sandbox";
import { startService } from "@trunkline/service";
import { type Logger, pino } from "pino";
import { type EngineService, untilReady } from "./engine-service.ts";
import { type Pace, paceOf } from "./pace.ts";
import { type CatalogueEntry, serviceCatalogue } from "./service-catalogue.ts";
import { startProcess } from "./service-process.ts";

type Variables = Readonly<Record<string, string>>;

export interface EngineOptions {
  readonly brokers: Brokers;
  readonly sandbox: Sandbox;
  readonly pace: Pace;
  /** All services in this process, or one process each (as in production). @default "here" */
  readonly runIn?: "here" | "processes";
  /** Of all services, or of each by its name. */
  readonly environment?: Variables | ((service: string) => Variables);
  /** How many processes a service runs in, by its name; only where services run in processes. @default one each */
  readonly replicas?: Readonly<Record<string, number>>;
  /** Gets the services' log lines. */
  readonly logFile: string;
}

export interface Engine {
  readonly services: ReadonlyMap<string, EngineService>;
  stop(): Promise<void>;
}

/** Starts every service of the repository, each after those it asks. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const services = new Map<string, EngineService>();
  for (const generation of generations(await serviceCatalogue())) {
    const started = await Promise.all(generation.flatMap((entry) => startReplicas(entry, options)));
    for (const [name, service] of started) services.set(name, service);
  }
  return {
    services,
    stop: async () => {
      await Promise.all([...services.values()].map((service) => service.stop()));
    },
  };
}

/** Groups services so that each group asks only services of the groups before it. */
function generations(catalogue: readonly CatalogueEntry[]): CatalogueEntry[][] {
  const waiting = new Map(catalogue.map((entry) => [entry.definition.name, entry]));
  const groups: CatalogueEntry[][] = [];
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(({ definition }) =>
      definition.asks.every(({ owner }) => owner === definition.name || !waiting.has(owner)),
    );
    // Services that ask each other in a circle have no order: they start together.
    const group = ready.length > 0 ? ready : [...waiting.values()];
    for (const { definition } of group) waiting.delete(definition.name);
    groups.push(group);
  }
  return groups;
}

/** The first replica is known by the service's name, the others by a number behind it. */
function startReplicas(entry: CatalogueEntry, options: EngineOptions): Promise<[string, EngineService]>[] {
  const { name } = entry.definition;
  return Array.from({ length: options.replicas?.[name] ?? 1 }, async (_, index): Promise<[string, EngineService]> => {
    return [index === 0 ? name : `${name} ${index + 1}`, await start(entry, options)];
  });
}

async function start({ definition, mainFile }: CatalogueEntry, options: EngineOptions): Promise<EngineService> {
  const { environment: given = {} } = options;
  const changes = typeof given === "function" ? given(definition.name) : given;
  const environment = { ...environmentOf(definition.name, options), ...changes };
  if (options.runIn === "processes") {
    return startProcess({ name: definition.name, mainFile, environment, logFile: options.logFile });
  }
  const running = await startService(definition, {
    env: environment,
    logger: loggerOf(definition.name, options.logFile),
  });
  await untilReady(running);
  return running;
}

function loggerOf(service: string, file: string): Logger {
  const base = { service };
  return pino({ level: "info", base, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: file }));
}

/** What a service needs to know to run against this sandbox at this pace. */
function environmentOf(name: string, { brokers, sandbox, pace }: EngineOptions): Record<string, string> {
  return {
    NATS_SERVER1: brokers.nats.url,
    REDIS_HOSTNAME: `${brokers.redis.host}:${brokers.redis.port}`,
    REDIS_CUSTOMER_CACHE_HOSTNAME: `${brokers.redis.host}:${brokers.redis.port}`,
    ENVIRONMENT_NAME: "demo",
    // The world is a sandbox, so writes are sent: this is what production does, minus the customers.
    CURRENT_ENVIRONMENT: "production",
    TIMEZONE: "US/Eastern",
    HEALTH_PORT: "0",
    METRICS_PORT: "0",
    ALERTS__WEBHOOK_PORT: "0",
    ...paceOf(pace),
    ...sandbox.env(name),
  };
}
