import type { Contract } from "@trunkline/contracts";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import type { Audit } from "./audit.ts";
import { dryRunKeys, mayBeWithheld } from "./bus-keys.ts";
import { writeJson } from "./json.ts";
import type { BusMetrics } from "./metrics.ts";

const TOLD_SECONDS = 24 * 3600;
const LONGEST_PREVIEW = 700;

export interface DryRunParts {
  readonly redis: Redis;
  readonly environment: { readonly name: string; readonly production: boolean };
  readonly service: string;
  readonly audit: Audit;
  readonly metrics: BusMetrics;
  readonly logger: Logger;
  /** Tells people, on Slack. */
  readonly notify: (message: string, requestId: string) => Promise<void>;
}

export interface WithheldWrite {
  readonly body: unknown;
  readonly requestId: string;
  /** Names the decision; people are told of each once. */
  readonly decision: string | undefined;
}

/** What a service would do outside production: recorded and told, not done. */
export interface DryRun {
  withholds(contract: Contract): boolean;
  /** Never fails: nothing was to happen anyway. */
  withhold(contract: Contract, write: WithheldWrite): Promise<void>;
}

export function createDryRun(parts: DryRunParts): DryRun {
  const { redis, environment, service, audit, metrics, logger, notify } = parts;
  return {
    withholds: (contract) => !environment.production && mayBeWithheld(contract),
    async withhold({ subject }, { body, requestId, decision }) {
      metrics.withheld.inc({ subject });
      logger.info({ subject, request_id: requestId, idempotency_key: decision }, "dry run: withheld");
      await audit({ subject, effect: "withheld", idempotencyKey: decision, requestId, body, status: null });
      try {
        if (await isNews(subject, decision)) await notify(withheldMessage(service, subject, body), requestId);
      } catch (error) {
        logger.warn({ err: error, subject }, "nobody could be told of a dry run");
      }
    },
  };

  /** Monitors decide the same again in every cycle as long as nothing happens. */
  async function isNews(subject: string, decision: string | undefined): Promise<boolean> {
    if (decision === undefined) return true;
    const key = dryRunKeys(subject).in(environment.name) + decision;
    return (await redis.set(key, "told", "EX", TOLD_SECONDS, "NX")) === "OK";
  }
}

/** What Slack is told of a write that was not sent. */
export function withheldMessage(service: string, subject: string, body: unknown): string {
  const text = writeJson(body);
  const preview = text.length > LONGEST_PREVIEW ? `${text.slice(0, LONGEST_PREVIEW)}…` : text;
  return `[${service}] dry run: not sent to ${subject}: ${preview}`;
}
