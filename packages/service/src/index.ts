export { type ConfigRow, describeConfig } from "./config/describe-config.ts";
export { flag, integer, json, list, seconds, secret, text, url } from "./config/env-text.ts";
export type { ConfigOf, ConfigShape, RedisRole } from "./config/shape.ts";
export { defineService } from "./define-service.ts";
export {
  ConfigError,
  type ConfigProblem,
  InvalidDefinition,
  InvalidSchedule,
  LeaseLost,
  NotServed,
  StartCancelled,
  StartTimedOut,
  StopFailed,
  StopTimedOut,
  Undeclared,
} from "./errors.ts";
export { createLogger } from "./logging/create-logger.ts";
export { runService } from "./run-service.ts";
export { ownKeys, redisKeys, vitalSignKeys } from "./service-keys.ts";
export { type RunningService, type StartOptions, startService } from "./start-service.ts";
export type {
  CommonConfig,
  ScheduledRun,
  ScheduleOptions,
  ServiceBus,
  ServiceDefinition,
  ServiceParts,
} from "./types.ts";
export { readVitalSigns, type VitalSigns } from "./vital-signs.ts";
export type { Writing } from "./writing.ts";
