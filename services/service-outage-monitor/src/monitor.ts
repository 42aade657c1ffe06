import type { Clock } from "@trunkline/clock";
import type { ServiceParts } from "@trunkline/service";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import type { Collector } from "./collect.ts";
import type { OutageMetrics } from "./outage-metrics.ts";
import type { Settings } from "./settings.ts";
import type { MonitorBus } from "./subjects.ts";
import type { Troubles } from "./troubles.ts";
import type { WithheldDecisions } from "./withheld-decisions.ts";

/** What the uses of this service share. */
export interface Monitor {
  readonly bus: MonitorBus;
  readonly jobs: ServiceParts["jobs"];
  readonly redis: Redis;
  /** `ENVIRONMENT_NAME`: the beginning of every Redis key. */
  readonly environment: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: Settings;
  readonly metrics: OutageMetrics;
  readonly troubles: Troubles;
  readonly withheldDecisions: WithheldDecisions;
  readonly collector: Collector;
}
