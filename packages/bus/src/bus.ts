import { setTimeout as sleep } from "node:timers/promises";
import { type Clock, systemClock } from "@trunkline/clock";
import { slackNotification } from "@trunkline/contracts";
import type { Redis } from "ioredis";
import type { TlsOptions } from "nats";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import { createAudit } from "./audit.ts";
import { createClaimCheck } from "./claim-check.ts";
import { consumeContract } from "./consume.ts";
import type { Consuming } from "./consume-stream.ts";
import { createBury } from "./dead-letters.ts";
import type { MessageHandler } from "./deliver.ts";
import { announce } from "./discovery.ts";
import { createDryRun } from "./dry-run.ts";
import { MissingIdempotencyKeyError } from "./errors.ts";
import { createIdempotentWrites } from "./idempotency.ts";
import { openInbox } from "./inbox.ts";
import { createJetStream } from "./jetstream.ts";
import { openLink } from "./link.ts";
import { createMetrics } from "./metrics.ts";
import { createPublisher } from "./publish.ts";
import { shortId } from "./random-id.ts";
import { openRedis } from "./redis.ts";
import { createRequester } from "./request.ts";
import { type Served, serveContract } from "./serve.ts";
import { createTracing } from "./tracing.ts";
import type { Bus, Handler } from "./types.ts";
import { createWriteRecords } from "./write-records.ts";

// For what only has to be sent, such as the answers of aborted handlers.
const LAST_WORDS_MS = 2_000;

export interface BusOptions {
  /** `nats://[user:password@]host[:port]`, one or several. */
  readonly servers: string | readonly string[];
  /** The service's name as operators know it: letters, digits, dashes. */
  readonly service: string;
  /** @default "0.1.0" */
  readonly version?: string;
  /** What the service does, for `nats micro info`. */
  readonly description?: string;
  /** Where large payloads and the memory of writes are kept; a connection is duplicated, not used itself. */
  readonly redis: Redis | string;
  /** `name` begins the bus's Redis keys; outside `production` writes are withheld. */
  readonly environment: { readonly name: string; readonly production: boolean };
  readonly logger: Logger;
  readonly metrics: Registry;
  /** Tells the times that are written down; deadlines follow the machine's clock. @default the machine's clock */
  readonly clock?: Clock;
  readonly tls?: TlsOptions;
  /** How long to try before giving up on a first connection. @default 60000 */
  readonly connectWithinMs?: number;
  /** How long a message that a stream keeps is tried for. @default 30000 */
  readonly publishWithinMs?: number;
  /** How long a replier that says nothing more counts as being at a write. @default 15000 */
  readonly writeLeaseMs?: number;
  /** How long `drain` waits for work in hand before it aborts it. @default 25000 */
  readonly drainWithinMs?: number;
}

/**
 * Connects a service to NATS.
 *
 * @throws CannotConnectError when there is no server within `connectWithinMs`
 */
export async function connectBus(options: BusOptions): Promise<Bus> {
  const { service, environment, metrics: registry, clock = systemClock } = options;
  const logger = options.logger.child({ service });
  const link = await openLink({
    servers: options.servers,
    service,
    logger,
    tls: options.tls,
    connectWithinMs: options.connectWithinMs ?? 60_000,
  });
  const redis = await openRedis(options.redis, logger);
  const metrics = createMetrics(registry);
  const tracing = createTracing(service);
  const claims = createClaimCheck({ redis, maxPayload: () => link.maxPayload, bytes: metrics.claimBytes });
  const jetStream = createJetStream(link, logger);
  const leaseMs = options.writeLeaseMs ?? 15_000;
  const records = createWriteRecords(redis, leaseMs);
  const writes = createIdempotentWrites({ records, environment: environment.name, leaseMs, clock });
  const inbox = openInbox(link, `_INBOX.${service}`);
  const send = createRequester({ link, inbox, claims, tracing, metrics, logger });
  const publishWithinMs = options.publishWithinMs ?? 30_000;
  const publish = createPublisher({ link, claims, jetStream, tracing, metrics, publishWithinMs });
  const audit = createAudit({ link, claims, jetStream, metrics, logger, clock, service });
  const dryRun = createDryRun({ redis, environment, service, audit, metrics, logger, notify: tellSlack });
  const bury = createBury(jetStream, claims, metrics);
  const served: Served[] = [];
  const consumed: Consuming[] = [];
  const { version = "0.1.0", description = "" } = options;
  announce(link, { service, version, description, endpoints: () => served });
  metrics.gauge("bus_requests_in_flight", "Requests that wait for their answers", () => inbox.waiting());
  metrics.gauge("bus_handlers_in_flight", "Requests being handled", () => lanesOf("running"));
  metrics.gauge("bus_handlers_waiting", "Requests that wait for a handler", () => lanesOf("waiting"));
  let drained: Promise<void> | undefined;

  return {
    get connected() {
      return link.connected;
    },

    async request(contract, body, given = {}) {
      const { subject, effect } = contract;
      const requestId = given.requestId ?? tracing.currentRequestId ?? shortId();
      if (effect === "read") return send(contract, body, { ...given, requestId });
      const { idempotencyKey } = given;
      if (idempotencyKey === undefined) throw new MissingIdempotencyKeyError(subject);
      if (dryRun.withholds(contract)) {
        await dryRun.withhold(contract, { body, requestId, decision: idempotencyKey });
        return { ok: false, status: 0, body: null, withheld: true };
      }
      const reply = await send(contract, body, { ...given, requestId });
      // Before the caller goes on: if this process dies now, the caller asks again and the record is made then.
      await audit({ subject, effect: "sent", idempotencyKey, requestId, body, status: reply.status });
      return reply;
    },

    async serve(contract, handler, serveOptions) {
      const parts = { link, claims, writes, tracing, metrics, logger };
      served.push(serveContract(parts, contract, handler as Handler<typeof contract>, serveOptions));
      await known();
    },

    async publish(contract, body, given = {}) {
      const { subject } = contract;
      const { messageId } = given;
      const requestId = given.requestId ?? tracing.currentRequestId ?? shortId();
      if (dryRun.withholds(contract)) return dryRun.withhold(contract, { body, requestId, decision: messageId });
      await publish(contract, body, { requestId, messageId });
      if (contract.effect === "read") return;
      await audit({ subject, effect: "sent", idempotencyKey: messageId, requestId, body, status: null });
    },

    async consume(contract, handler, consumeOptions) {
      const parts = { link, claims, jetStream, tracing, metrics, bury, logger };
      consumed.push(await consumeContract(parts, contract, handler as MessageHandler, consumeOptions));
      await known();
    },

    drain() {
      drained ??= drain();
      return drained;
    },
  };

  async function tellSlack(message: string, requestId: string): Promise<void> {
    if (!link.connected) throw new Error("not connected to NATS");
    await publish(slackNotification, { message }, { requestId, messageId: undefined });
  }

  function lanesOf(which: "running" | "waiting"): (readonly [string, number])[] {
    return served.map(({ contract, lanes }) => [contract.subject, lanes[which]] as const);
  }

  /** Resolves when the server knows of what was subscribed to. */
  async function known(): Promise<void> {
    while (await link.whenConnected(Number.POSITIVE_INFINITY)) {
      try {
        return await link.nc.flush();
      } catch {
        // The connection broke; all subscriptions are made again over the next one.
        await sleep(100);
      }
    }
  }

  async function drain(): Promise<void> {
    const work = [...served, ...consumed];
    const finished = Promise.all(work.map((each) => each.finish()));
    if (!(await within(finished, options.drainWithinMs ?? 25_000))) {
      logger.warn("work in hand did not end in time and is aborted");
      for (const each of work) each.abort();
      await within(finished, LAST_WORDS_MS);
    }
    inbox.close();
    if (!link.nc.isClosed()) await within(link.nc.flush(), LAST_WORDS_MS);
    await link.close();
    if (redis.status === "ready") await within(redis.quit(), LAST_WORDS_MS);
    redis.disconnect();
  }
}

/** Whether it has ended, well or not, by then. */
function within(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), milliseconds);
  const ended = () => {
    clearTimeout(timer);
    resolve(true);
  };
  work.then(ended, ended);
  return promise;
}
