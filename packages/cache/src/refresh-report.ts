import { slackNotification } from "@trunkline/contracts";
import type { Redis } from "ioredis";
import { cacheKey } from "./cache-keys.ts";
import type { BuildFacts } from "./cache-store.ts";
import type { Naming } from "./naming.ts";
import type { PeopleBus } from "./people-bus.ts";

export interface RefreshResult {
  /** Entries stored; undefined when the list before stays. */
  readonly entries: number | undefined;
  /** About the list that is there now; undefined when none has ever been built. */
  readonly facts: Pick<BuildFacts, "builtAt" | "entries"> | undefined;
  readonly lines: readonly string[];
}

export interface RefreshReport {
  /** Tells Slack about a refresh with problems, in one message, and about the same ones only once in an interval. */
  tell(list: string, result: RefreshResult): Promise<void>;
}

export function refreshReport(options: {
  readonly bus: PeopleBus;
  readonly redis: Redis;
  readonly environment: string;
  readonly naming: Naming;
  /** Seconds in which the same problems are not told again. */
  readonly interval: number;
}): RefreshReport {
  const { bus, redis, environment, naming, interval } = options;
  return {
    async tell(list, result) {
      const key = `${cacheKey(environment, list)}:reported`;
      if (result.entries !== undefined && result.lines.length === 0) {
        await redis.del(key);
        return;
      }
      const message = refreshMessage(naming.titleOf(list), options, result);
      if ((await redis.get(key)) === message) return;
      await bus.publish(slackNotification, { message });
      await redis.set(key, message, "EX", Math.ceil(interval));
    },
  };
}

/** Everything that went wrong in a refresh, in one message. */
export function refreshMessage(
  title: string,
  { environment, naming: { service, nouns } }: { readonly environment: string; readonly naming: Naming },
  result: RefreshResult,
): string {
  const { entries, facts, lines } = result;
  const held = facts === undefined ? "nothing was there before" : `it stays as of ${minute(facts.builtAt)}`;
  const size = facts === undefined ? "" : ` (${facts.entries} ${facts.entries === 1 ? nouns.one : nouns.many})`;
  const outcome =
    entries === undefined
      ? `was not refreshed in ${environment.toUpperCase()} environment, ${held}${size}`
      : `was refreshed in ${environment.toUpperCase()} environment with problems`;
  return [`[${service}] Cache for ${title} ${outcome}:`, ...lines.map((line) => `• ${line}`)].join("\n");
}

function minute(moment: Date): string {
  return `${moment.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
