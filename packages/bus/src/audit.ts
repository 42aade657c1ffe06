import type { Clock } from "@trunkline/clock";
import type { Logger } from "pino";
import type { ClaimCheck } from "./claim-check.ts";
import { sizeOf } from "./frames.ts";
import type { JetStream } from "./jetstream.ts";
import { writeJson } from "./json.ts";
import type { Link } from "./link.ts";
import type { BusMetrics } from "./metrics.ts";
import { shortId } from "./random-id.ts";
import { AUDIT_STREAM } from "./streams.ts";
import { headerBlock, wireHeader } from "./wire-headers.ts";

export const AUDIT_PREFIX = "trunkline.audit";

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
      await store(write);
      isFailing = false;
    } catch (error) {
      metrics.auditFailures.inc();
      // Once an outage: each write would say the same.
      if (!isFailing) logger.error({ err: error, subject: write.subject }, "audit records cannot be stored");
      isFailing = true;
    }
  };

  async function store({ subject, effect, idempotencyKey, requestId, body, status }: AuditedWrite): Promise<void> {
    if (!link.connected) throw new Error("not connected to NATS");
    if (!(await jetStream.available())) throw new Error("no JetStream");
    const facts = { at: clock.now().toISOString(), service, subject, effect, idempotencyKey, requestId, status };
    const headers = headerBlock({ [wireHeader.requestId]: requestId, [wireHeader.messageId]: shortId() });
    const whole = writeJson({ ...facts, body });
    const sized = { headers, text: whole };
    const text = claims.fits(sized) ? whole : writeJson({ ...facts, body: null, omittedBytes: sizeOf(sized) });
    await jetStream.store({
      stream: AUDIT_STREAM,
      subjects: [`${AUDIT_PREFIX}.>`],
      subject: `${AUDIT_PREFIX}.${service}.${subject}`,
      headers,
      text,
    });
  }
}
