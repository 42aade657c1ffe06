import type { Clock } from "@trunkline/clock";
import { ErrorCode, NatsError } from "nats";
import type { Logger } from "pino";
import type { ClaimCheck } from "./claim-check.ts";
import { sizeOf } from "./frames.ts";
import type { JetStream, StoredMessage } from "./jetstream.ts";
import { writeJson } from "./json.ts";
import type { Link } from "./link.ts";
import type { BusMetrics } from "./metrics.ts";
import { shortId } from "./random-id.ts";
import { AUDIT_STREAM } from "./streams.ts";
import { tryUntil } from "./try-until.ts";
import { headerBlock, wireHeader } from "./wire-headers.ts";

export const AUDIT_PREFIX = "trunkline.audit";

/** Long enough to reach another server of a cluster that has lost one, and for the others to choose new leaders. */
const STORE_WITHIN_MS = 20_000;
const STORE_RETRY_MS = 200;
/** JetStream is "temporarily unavailable". */
const NO_META_LEADER = 10008;

/** What was done, or would have been. */
export interface AuditedWrite {
  readonly subject: string;
  readonly effect: "sent" | "withheld";
  readonly idempotencyKey: string | undefined;
  readonly requestId: string;
  readonly body: unknown;
  /** Of the reply; null where none is expected. */
  readonly status: number | null;
}

/** Stores a record of a write; never fails, because the write has happened or has been withheld already. */
export type Audit = (write: AuditedWrite) => Promise<void>;

export interface AuditParts {
  readonly link: Link;
  readonly claims: ClaimCheck;
  readonly jetStream: JetStream;
  readonly metrics: BusMetrics;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly service: string;
}

/** The audit trail: every write, sent or withheld, as `trunkline.audit.<service>.<subject>` in a stream. */
export function createAudit({ link, claims, jetStream, metrics, logger, clock, service }: AuditParts): Audit {
  let isFailing = false;
  return async (write) => {
    try {
      // While records cannot be stored each is tried once, so that writes do not wait for one another's outage.
      await store(write, isFailing ? Date.now() : Date.now() + STORE_WITHIN_MS);
      isFailing = false;
    } catch (error) {
      metrics.auditFailures.inc();
      // Once an outage: each write would say the same.
      if (!isFailing) logger.error({ err: error, subject: write.subject }, "audit records cannot be stored");
      isFailing = true;
    }
  };

  function store(write: AuditedWrite, deadline: number): Promise<void> {
    const message = recordOf(write);
    const isFinal = (error: unknown) => !isPassing(error);
    return tryUntil(link, { deadline, pauseMs: STORE_RETRY_MS, isFinal }, async () => {
      if (!(await jetStream.available())) throw new Error("no JetStream");
      await jetStream.store(message);
    });
  }

  function recordOf({ subject, effect, idempotencyKey, requestId, body, status }: AuditedWrite): StoredMessage {
    const facts = { at: clock.now().toISOString(), service, subject, effect, idempotencyKey, requestId, status };
    const headers = headerBlock({ [wireHeader.requestId]: requestId, [wireHeader.messageId]: shortId() });
    const whole = writeJson({ ...facts, body });
    const sized = { headers, text: whole };
    const text = claims.fits(sized) ? whole : writeJson({ ...facts, body: null, omittedBytes: sizeOf(sized) });
    return {
      stream: AUDIT_STREAM,
      subjects: [`${AUDIT_PREFIX}.>`],
      subject: `${AUDIT_PREFIX}.${service}.${subject}`,
      headers,
      text,
    };
  }
}

/** Whether a stream may take the record a moment later: it has no leader, or the connection broke on the way. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof NatsError)) return false;
  return (
    error.code === ErrorCode.NoResponders ||
    error.code === ErrorCode.Timeout ||
    error.code === ErrorCode.Disconnect ||
    error.api_error?.err_code === NO_META_LEADER
  );
}
