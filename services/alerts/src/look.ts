import { countDeadLetters } from "@trunkline/bus";
import { readVitalSigns, type ScheduledRun } from "@trunkline/service";
import type { Redis } from "ioredis";
import { alertsOf, type Limits } from "./decide-alerts.ts";
import type { OnCall } from "./on-call.ts";
import type { OpenAlerts } from "./open-alerts.ts";
import { beginningWord, endWord } from "./words.ts";

export interface Look {
  readonly tell: OnCall["tell"];
  readonly redis: Redis;
  readonly environment: string;
  readonly now: Date;
  readonly limits: Limits;
  readonly open: OpenAlerts;
}

/**
 * One look at the engine: what is new is told, what is over is told, and nothing is told twice. What is written down
 * follows what was said, and both are named after the trouble, so that a death in between repeats nothing.
 */
export async function look({ tell, redis, environment, now, limits, open }: Look, run: ScheduledRun): Promise<void> {
  const signs = await readVitalSigns(redis, environment);
  const deadLetters = await open.growth(await countDeadLetters(redis, environment), now);
  const present = new Map(alertsOf({ now, ...signs, deadLetters }, limits).map((alert) => [alert.id, alert]));
  const told = await open.all();
  for (const [id, alert] of present) {
    run.signal.throwIfAborted();
    if (told.has(id)) continue;
    run.logger.error({ alert: id, since: alert.since }, "the engine is in trouble");
    await tell(beginningWord(alert));
    await open.opened(alert);
  }
  for (const [id, alert] of told) {
    run.signal.throwIfAborted();
    if (present.has(id)) continue;
    run.logger.info({ alert: id }, "a trouble of the engine is over");
    await tell(endWord({ id, ...alert }));
    await open.closed(id);
  }
}
