import { systemClock } from "@trunkline/clock";
import { slackNotification } from "@trunkline/contracts";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import { type Audit, createAudit } from "./audit.ts";
import type { BusOptions } from "./bus-options.ts";
import { type ClaimCheck, createClaimCheck } from "./claim-check.ts";
import { inboxPrefix } from "./connection-options.ts";
import { type Bury, createBury } from "./dead-letters.ts";
import { createDryRun, type DryRun } from "./dry-run.ts";
import { createIdempotentWrites, type IdempotentWrites } from "./idempotency.ts";
import { Inbox } from "./inbox.ts";
import { JetStream } from "./jetstream.ts";
import { type Link, openLink } from "./link.ts";
import { type BusMetrics, createMetrics } from "./metrics.ts";
import { createPublisher, type Publisher } from "./publish.ts";
import { openRedis } from "./redis.ts";
import { createRequester, type Requester } from "./request.ts";
import { createTracing, type Tracing } from "./tracing.ts";
import { createWriteRecords } from "./write-records.ts";

/** What the bus is made of. */
export interface BusParts {
  readonly link: Link;
  readonly redis: Redis;
  readonly logger: Logger;
  readonly metrics: BusMetrics;
  readonly tracing: Tracing;
  readonly claims: ClaimCheck;
  readonly jetStream: JetStream;
  readonly inbox: Inbox;
  readonly send: Requester;
  readonly writes: IdempotentWrites;
  readonly publish: Publisher;
  readonly audit: Audit;
  readonly dryRun: DryRun;
  readonly bury: Bury;
}

/** Opens the connections and puts the parts together. @throws CannotConnectError */
export async function openParts(options: BusOptions): Promise<BusParts> {
  const { servers, credentials, service, environment, logger, clock = systemClock, tls } = options;
  const { connectWithinMs = 60_000, publishWithinMs = 30_000, writeLeaseMs: leaseMs = 15_000 } = options;
  const link = await openLink({ servers, credentials, service, logger, tls, connectWithinMs });
  const redis = await openRedis(options.redis, logger);
  const metrics = createMetrics(options.metrics);
  const tracing = createTracing(service);
  const claims = createClaimCheck({ redis, maxPayload: () => link.maxPayload, bytes: metrics.claimBytes });
  const jetStream = new JetStream(link, logger, options.streamReplicas);
  const inbox = new Inbox(link, inboxPrefix(service));
  const publish = createPublisher({ link, claims, jetStream, tracing, metrics, publishWithinMs });
  const audit = createAudit({ link, claims, jetStream, metrics, logger, clock, service });
  const notify = async (message: string, requestId: string) => {
    // A dry run is no reason to wait for a connection.
    if (!link.connected) throw new Error("not connected to NATS");
    await publish(slackNotification, { message }, { requestId, messageId: undefined });
  };
  const records = createWriteRecords(redis, leaseMs);
  return {
    link,
    redis,
    logger,
    metrics,
    tracing,
    claims,
    jetStream,
    inbox,
    publish,
    audit,
    send: createRequester({ link, inbox, claims, tracing, metrics, logger }),
    writes: createIdempotentWrites({ records, environment: environment.name, leaseMs, clock }),
    dryRun: createDryRun({ redis, environment, service, audit, metrics, logger, notify }),
    bury: createBury({ jetStream, claims, metrics, redis, environment: environment.name }),
  };
}
