import { slackNotification } from "@trunkline/contracts";
import type { Redis } from "ioredis";
import type { CacheBus } from "./peers.ts";

export interface RefreshOutcome {
  /** Edges stored; undefined when the cache before stays. */
  readonly edges: number | undefined;
  readonly lines: readonly string[];
}

export interface RefreshReport {
  /** Tells Slack about a refresh with problems, in one message, and about the same ones only once in an interval. */
  tell(host: string, outcome: RefreshOutcome): Promise<void>;
}

export function refreshReport(options: {
  readonly bus: Pick<CacheBus, "publish">;
  readonly redis: Redis;
  readonly environment: string;
  /** Seconds in which the same problems are not told again. */
  readonly interval: number;
}): RefreshReport {
  const { bus, redis, environment, interval } = options;
  return {
    async tell(host, outcome) {
      const key = `${environment}-${host}:reported`;
      if (outcome.edges !== undefined && outcome.lines.length === 0) {
        await redis.del(key);
        return;
      }
      const message = render(host, environment, outcome);
      if ((await redis.get(key)) === message) return;
      await bus.publish(slackNotification, { message });
      await redis.set(key, message, "EX", Math.ceil(interval));
    },
  };
}

function render(host: string, environment: string, { edges, lines }: RefreshOutcome): string {
  const result =
    edges === undefined
      ? `Cache for host ${host} was not refreshed in ${environment.toUpperCase()} environment, what it held before stays`
      : `Cache for host ${host} was refreshed in ${environment.toUpperCase()} environment with problems`;
  const reasons = lines.length > 0 ? lines : ["no edge came through: see what VeloCloud and Bruin say about this host"];
  return [`[customer-cache] ${result}:`, ...reasons.map((line) => `• ${line}`)].join("\n");
}
