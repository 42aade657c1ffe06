import type {
  ConsumeOptions,
  Handler,
  KeyFamily,
  MessageContext,
  PublishOptions,
  Reply,
  RequestOptions,
  ServeOptions,
} from "@trunkline/bus";
import type { Clock } from "@trunkline/clock";
import type { BodyOf, MessageContract, ParsedBodyOf, ReplyOf, RequestContract } from "@trunkline/contracts";
import type { Jobs } from "@trunkline/jobs";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { commonConfig } from "./config/common-config.ts";
import type { ConfigOf, ConfigShape, RedisRole } from "./config/shape.ts";
import type { Writing } from "./writing.ts";

/** Everything there is to know about a service: permissions, deployment and documentation follow from it. */
export interface ServiceDefinition<
  Shape extends ConfigShape = ConfigShape,
  Serves extends readonly RequestContract[] = readonly RequestContract[],
  Asks extends readonly RequestContract[] = readonly RequestContract[],
  Publishes extends readonly MessageContract[] = readonly MessageContract[],
  Consumes extends readonly MessageContract[] = readonly MessageContract[],
> {
  readonly name: string;
  readonly summary: string;
  /** Its own variables; the ones that every service has are added. */
  readonly config: Shape;
  readonly serves: Serves;
  readonly asks: Asks;
  readonly publishes: Publishes;
  readonly consumes: Consumes;
  /** Redis instances beside `main`, which every service has. */
  readonly redis: readonly RedisRole[];
  /**
   * Redis keys beside those that follow from the rest: `<environment>:<name>:…` in the main Redis is every service's
   * own. The code that makes the keys takes their beginning from the same families.
   */
  readonly keys?: { readonly [Role in RedisRole]?: readonly KeyFamily[] };
  /** Names of its schedules and of its kinds of delayed jobs. */
  readonly schedules: readonly string[];
  readonly jobs: readonly string[];
  /** What it writes for people: notes on tickets, messages on Slack, mails, SMS. */
  readonly writes?: readonly Writing[];
  /** Serves, schedules and returns once it is ready to work; what it opens it hands to `onStop`. */
  start(parts: ServiceParts<Shape, Serves, Asks, Publishes, Consumes>): Promise<void>;
}

/** The bus, narrowed to what the definition declares: asking for anything else does not compile, and throws. */
export interface ServiceBus<
  Serves extends RequestContract,
  Asks extends RequestContract,
  Publishes extends MessageContract,
  Consumes extends MessageContract,
> {
  serve<C extends Serves>(contract: C, handler: Handler<C>, options?: ServeOptions<C>): Promise<void>;
  request<C extends Asks>(contract: C, body: BodyOf<C>, options?: RequestOptions): Promise<Reply<ReplyOf<C>>>;
  publish<C extends Publishes>(contract: C, body: BodyOf<C>, options?: PublishOptions): Promise<void>;
  consume<C extends Consumes>(
    contract: C,
    handler: (body: ParsedBodyOf<C>, context: MessageContext) => Promise<void>,
    options?: Omit<ConsumeOptions, "durable">,
  ): Promise<void>;
}

/** What a service gets to work with. It reads no globals: a demo runs all services in one process. */
export interface ServiceParts<
  Shape extends ConfigShape = ConfigShape,
  Serves extends readonly RequestContract[] = readonly RequestContract[],
  Asks extends readonly RequestContract[] = readonly RequestContract[],
  Publishes extends readonly MessageContract[] = readonly MessageContract[],
  Consumes extends readonly MessageContract[] = readonly MessageContract[],
> {
  readonly config: ConfigOf<Shape> & CommonConfig;
  readonly bus: ServiceBus<Serves[number], Asks[number], Publishes[number], Consumes[number]>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Registry;
  redis(role: RedisRole): Redis;
  readonly jobs: Pick<Jobs, "schedule" | "cancel" | "work">;
  /** Runs `work` on node-cron, once over all replicas for each tick and `key` (a host, say). */
  schedule(options: ScheduleOptions, work: (run: ScheduledRun) => Promise<void>): Promise<void>;
  /** Adds a condition for `/_ready`, such as "the first login succeeded". */
  readyWhen(name: string, check: () => boolean): void;
  /** Called on shutdown, last added first, after work has stopped coming in. */
  onStop(release: () => Promise<void> | void): void;
}

export type CommonConfig = ConfigOf<typeof commonConfig>;

export interface ScheduleOptions {
  /** One of the definition's `schedules`. */
  readonly name: string;
  /** What the runs of one tick are told apart by: one lease, and so one run, for each. @default "all" */
  readonly key?: string;
  /**
   * Seconds between runs, or a cron expression of five or six fields in the service's time zone. Seconds divide a
   * minute, whole minutes an hour, whole hours a day; any other number is refused with its nearest neighbours.
   */
  readonly every: number | string;
  /** Also run as soon as the service is ready. */
  readonly atStart?: boolean;
}

export interface ScheduledRun {
  /** Fires when the lease was lost or the service stops: no further effects after that. */
  readonly signal: AbortSignal;
  /** Grows with every holder of the lease. */
  readonly fencingToken: number;
  readonly logger: Logger;
}
