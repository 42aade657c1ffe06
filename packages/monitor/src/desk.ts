import type { Reply, RequestOptions } from "@trunkline/bus";
import type { BodyOf, ReplyOf, RequestContract, slackNotification } from "@trunkline/contracts";
import type { Redis } from "ioredis";
import type { Troubles } from "./troubles.ts";
import type { WithheldDecisions } from "./withheld-decisions.ts";

/** The bus as a monitor uses it: it asks, and it tells Slack. */
export interface MonitorBus<Q extends RequestContract> {
  request<C extends Q>(contract: C, body: BodyOf<C>, options?: RequestOptions): Promise<Reply<ReplyOf<C>>>;
  publish(
    contract: typeof slackNotification,
    body: BodyOf<typeof slackNotification>,
    options?: { readonly messageId?: string },
  ): Promise<void>;
}

/** What decisions are carried out with. */
export interface Desk<Q extends RequestContract> {
  readonly bus: MonitorBus<Q>;
  readonly redis: Redis;
  /** Beginning of the Redis keys of this service, such as `production:service-outage-monitor`. */
  readonly prefix: string;
  readonly troubles: Troubles;
  readonly withheldDecisions: WithheldDecisions;
}
