import { type CustomerInfo, emailNotification, pythonRepr, slackNotification } from "@trunkline/contracts";
import type { Redis } from "ioredis";
import { cacheKey } from "./cache-keys.ts";
import { mailDate, type Naming } from "./naming.ts";
import type { PeopleBus } from "./people-bus.ts";

/** People are reminded of duplicates that stay, this often. */
const REMIND_SECONDS = 86_400;

/** Serials that several active inventory items of Bruin carry, with these items. The first one is used. */
export type DuplicateInventories = ReadonlyMap<string, readonly CustomerInfo[]>;

export interface DuplicatesReport {
  /** Tells Slack, and by mail its recipient, when the duplicates of a list have changed, and once a day while they stay. */
  tell(list: string, duplicates: DuplicateInventories, now: Date): Promise<void>;
}

export function duplicatesReport(options: {
  readonly bus: PeopleBus;
  readonly redis: Redis;
  readonly environment: string;
  readonly naming: Naming;
  /** An address; without one nothing is mailed. */
  readonly recipient: string | undefined;
}): DuplicatesReport {
  const { bus, redis, environment, naming, recipient } = options;
  return {
    async tell(list, duplicates, now) {
      const key = `${cacheKey(environment, list)}:duplicates`;
      if (duplicates.size === 0) {
        await redis.del(key);
        return;
      }
      const shown = pythonRepr(Object.fromEntries(duplicates));
      if ((await redis.get(key)) === shown) return;
      await bus.publish(slackNotification, { message: duplicatesMessage(duplicates, naming) });
      if (recipient !== undefined) {
        await bus.publish(emailNotification, { email_data: { recipient, ...duplicatesMail(duplicates, now) } });
      }
      await redis.set(key, shown, "EX", REMIND_SECONDS);
    },
  };
}

export function duplicatesMessage(duplicates: DuplicateInventories, { service, nouns }: Naming): string {
  const shown = pythonRepr(Object.fromEntries(duplicates));
  return `[${service}] Alert. Detected some ${nouns.many} with more than one status. ${shown}`;
}

export function duplicatesMail(
  duplicates: DuplicateInventories,
  now: Date,
): { subject: string; text: string; html: string } {
  const rows = [...duplicates].map(([serial, items]) => ({ serial, items: items.map((item) => pythonRepr(item)) }));
  return {
    subject: `Serials with multiple inventory items (${mailDate(now)})`,
    text: rows.map(({ serial, items }) => [serial, ...items.map((item) => `  ${item}`)].join("\n")).join("\n"),
    html: `<ul>${rows.map(({ serial, items }) => `<li>${escaped(serial)}${bullets(items)}</li>`).join("")}</ul>`,
  };
}

function bullets(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join("")}</ul>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
