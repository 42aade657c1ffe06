import { countDeadLetters } from "@trunkline/bus";
import { slackNotification } from "@trunkline/contracts";
import { readVitalSigns, type ScheduledRun, type ServiceBus } from "@trunkline/service";
import type { Redis } from "ioredis";
import { alertsOf, type Limits } from "./decide-alerts.ts";
import type { OpenAlerts } from "./open-alerts.ts";

export interface Look {
  readonly bus: ServiceBus<never, never, typeof slackNotification, never>;
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
export async function look({ bus, redis, environment, now, limits, open }: Look, run: ScheduledRun): Promise<void> {
  const signs = await readVitalSigns(redis, environment);
  const deadLetters = await open.growth(await countDeadLetters(redis, environment), now);
  const present = new Map(alertsOf({ now, ...signs, deadLetters }, limits).map((alert) => [alert.id, alert]));
  const told = await open.all();
  for (const [id, alert] of present) {
    run.signal.throwIfAborted();
    if (told.has(id)) continue;
    run.logger.error({ alert: id, since: alert.since }, "the engine is in trouble");
    const messageId = `alert/${id}/${alert.since.toISOString()}`;
    await bus.publish(slackNotification, { message: `:rotating_light: ${alert.text}` }, { messageId });
    await open.opened(alert);
  }
  for (const [id, { since, over }] of told) {
    run.signal.throwIfAborted();
    if (present.has(id)) continue;
    run.logger.info({ alert: id }, "a trouble of the engine is over");
    await bus.publish(
      slackNotification,
      { message: `:white_check_mark: ${over}` },
      { messageId: `over/${id}/${since}` },
    );
    await open.closed(id);
  }
}
