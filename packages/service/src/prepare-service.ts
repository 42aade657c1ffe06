import type { Logger } from "pino";
import { type NatsAccess, natsAccess, type RedisAccess, redisAccess } from "./config/broker-access.ts";
import { commonConfig, redisConfig, redisVariable } from "./config/common-config.ts";
import { type Environment, readConfig } from "./config/read-config.ts";
import type { ConfigOf, ConfigShape, RedisRole } from "./config/shape.ts";
import { createLogger } from "./logging/create-logger.ts";
import type { CommonConfig, ServiceDefinition } from "./types.ts";
import { version } from "./version.ts";

/** What a service has before it touches the network. */
export interface Prepared {
  readonly config: ConfigOf<ConfigShape> & CommonConfig;
  readonly logger: Logger;
  readonly nats: NatsAccess;
  /** Of every role, the main one included. */
  readonly redises: ReadonlyMap<RedisRole, RedisAccess>;
  /** Whether writes are sent. */
  readonly production: boolean;
  readonly grace: StopGrace;
}

/** How long work in hand may go on after the order to stop, before it is told to give up. */
export interface StopGrace {
  /** Schedules and delayed jobs, which are finished first because they still send requests. */
  readonly workMs: number;
  /** Requests and messages of others. */
  readonly drainMs: number;
}

/** @throws ConfigError */
export function prepareService(definition: ServiceDefinition, env: Environment, given?: Logger): Prepared {
  const roles = [...new Set<RedisRole>(["main", ...definition.redis])];
  const shape: ConfigShape & typeof commonConfig = { ...definition.config, ...redisConfig(roles), ...commonConfig };
  const { values: config, concealed } = readConfig(shape, env);
  const base = { service: definition.name, environment: config.ENVIRONMENT_NAME, version };
  const logger = given?.child(base) ?? createLogger({ ...base, level: config.LOG_LEVEL, concealed });
  const accessTo = (role: RedisRole) => redisAccess(definition.name, String(config[redisVariable(role)]), config);
  return {
    config,
    logger,
    nats: natsAccess(definition.name, config),
    redises: new Map(roles.map((role) => [role, accessTo(role)])),
    production: config.CURRENT_ENVIRONMENT === "production",
    grace: stopGrace(definition, config.SHUTDOWN_TIMEOUT * 1000),
  };
}

/** A tenth of the time is left for closing. */
function stopGrace({ schedules, jobs }: ServiceDefinition, wholeMs: number): StopGrace {
  const worksByItself = schedules.length + jobs.length > 0;
  return worksByItself ? { workMs: wholeMs * 0.6, drainMs: wholeMs * 0.3 } : { workMs: 0, drainMs: wholeMs * 0.9 };
}
