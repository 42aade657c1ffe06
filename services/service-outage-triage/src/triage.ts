import type { Clock } from "@trunkline/clock";
import type { Desk, TriageClaims } from "@trunkline/monitor";
import type { ServiceParts } from "@trunkline/service";
import type { Logger } from "pino";
import type { Settings } from "./settings.ts";
import type { Question } from "./subjects.ts";

/** What the uses of this service share. */
export interface Triage extends Desk<Question> {
  readonly jobs: ServiceParts["jobs"];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: Settings;
  readonly claims: TriageClaims;
}
