import type { Clock } from "@trunkline/clock";
import type { Desk, TriageClaims } from "@trunkline/monitor";
import type { ServiceParts } from "@trunkline/service";
import type { Logger } from "pino";
import type { DispatcherQueue } from "./forwards/dispatcher-queue.ts";
import type { ForwardMemory } from "./forwards/forward-memory.ts";
import type { OutageMetrics } from "./outage-metrics.ts";
import type { Collector } from "./pass/collect.ts";
import type { Settings } from "./settings.ts";
import type { Question } from "./subjects.ts";

/** What the uses of this service share. */
export interface Monitor extends Desk<Question> {
  readonly jobs: ServiceParts["jobs"];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: Settings;
  readonly metrics: OutageMetrics;
  readonly collector: Collector;
  readonly claims: TriageClaims;
  readonly forwards: ForwardMemory;
  readonly dispatcher: DispatcherQueue;
}
