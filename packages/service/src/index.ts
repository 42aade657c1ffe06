export type {
  CommonConfig,
  ConfigOf,
  ConfigShape,
  RedisRole,
  ScheduledRun,
  ScheduleOptions,
  ServiceBus,
  ServiceDefinition,
  ServiceParts,
} from "./types.ts";
