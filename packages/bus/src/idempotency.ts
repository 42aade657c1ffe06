import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "@trunkline/clock";
import type { RequestContract } from "@trunkline/contracts";
import { writeRecordKeys } from "./bus-keys.ts";
import { isStatus } from "./envelope.ts";
import { writeJson } from "./json.ts";
import { shortId } from "./random-id.ts";
import type { Handler, HandlerReply, RequestContext, ServeOptions } from "./types.ts";
import type { Begun, Ending, WriteRecords } from "./write-records.ts";

const FIRST_POLL_MS = 20;
const SLOWEST_POLL_MS = 250;
const LARGEST_KEPT_REPLY = 1_048_576;

type Recover = NonNullable<ServeOptions<RequestContract>["recover"]>;

export interface IdempotentWrites {
  /** A handler that does the work of one key once, however often it is asked for and of which replica. */
  once(
    contract: RequestContract,
    handler: Handler<RequestContract>,
    recover: Recover | undefined,
  ): Handler<RequestContract>;
}

export interface IdempotencyOptions {
  readonly records: WriteRecords;
  /** The environment's name, which Redis keys begin with. */
  readonly environment: string;
  /** How long a silent replier counts as alive. */
  readonly leaseMs: number;
  readonly clock: Clock;
}

/** One attempt at a write. */
interface Attempt {
  readonly key: string;
  readonly owner: string;
  readonly context: RequestContext;
}

/**
 * Writes happen once: the first request of a key does the work, all others get its reply. See
 * `docs/decisions/idempotent-writes.md` for what happens when the first one dies on the way.
 */
export function createIdempotentWrites({ records, environment, leaseMs, clock }: IdempotencyOptions): IdempotentWrites {
  return {
    once(contract, handler, recover) {
      const perform = performing(handler, recover);
      const keys = writeRecordKeys(contract.subject);
      return async (body, context) => {
        const { idempotencyKey } = context;
        // Requesters of the existing fleet send none.
        if (idempotencyKey === undefined) return handler(body, context);
        const key = keys.in(environment) + idempotencyKey;
        const attempt = { key, owner: shortId(), context };
        const begun = await beginOrWait(attempt);
        if (begun.kind === "done") return begun.reply;
        const stopRenewing = keepLease(attempt);
        const { reply, error, ending } = await perform(body, context, begun);
        stopRenewing();
        await conclude(attempt, ending);
        if (reply === undefined) throw error;
        return reply;
      };
    },
  };

  /** Makes the write ours, or waits for the outcome of whoever is at it. */
  async function beginOrWait({ key, owner, context }: Attempt): Promise<Exclude<Begun, { kind: "busy" }>> {
    for (let poll = FIRST_POLL_MS; ; poll = Math.min(poll * 2, SLOWEST_POLL_MS)) {
      const begun = await records.begin(key, owner, clock.now());
      if (begun.kind !== "busy") return begun;
      // The deadline ends the wait.
      await sleep(poll, undefined, { signal: context.signal });
    }
  }

  function keepLease({ key, owner, context }: Attempt): () => void {
    const timer = setInterval(() => {
      records.renew(key, owner).then(
        (kept) => {
          if (!kept) context.logger.error({ key }, "another replica has taken over this write");
        },
        (error: unknown) => context.logger.warn({ err: error, key }, "the lease of a write could not be renewed"),
      );
    }, leaseMs / 3);
    return () => clearInterval(timer);
  }

  /** The effect is there whether or not Redis remembers it, so a failure here changes nothing for the requester. */
  async function conclude({ key, owner, context }: Attempt, ending: Ending): Promise<void> {
    try {
      if (await records.end(key, owner, ending)) return;
      context.logger.error({ key }, "a write ended after another replica had taken it over");
    } catch (error) {
      context.logger.error({ err: error, key }, "the outcome of a write could not be recorded");
    }
  }
}

interface Performed {
  /** Undefined when `error` was thrown instead. */
  readonly reply?: HandlerReply;
  readonly error?: unknown;
  readonly ending: Ending;
}

type Perform = (
  body: unknown,
  context: RequestContext,
  begun: Exclude<Begun, { kind: "busy" | "done" }>,
) => Promise<Performed>;

/** Does the work, or finds out first whether an earlier attempt has done it. */
function performing(handler: Handler<RequestContract>, recover: Recover | undefined): Perform {
  return async (body, context, begun) => {
    if (begun.kind !== "first") {
      const earlier = await lookBack(body, context, begun);
      if (earlier !== undefined) return earlier;
    }
    try {
      const reply = await handler(body, context);
      return { reply, ending: endingOf(reply, begun.kind === "first") };
    } catch (error) {
      return { error, ending: { kind: "failed" } };
    }
  };

  async function lookBack(
    body: unknown,
    context: RequestContext,
    { kind, firstAttemptAt }: Extract<Begun, { firstAttemptAt: Date }>,
  ): Promise<Performed | undefined> {
    if (recover === undefined) return kind === "abandoned" ? { reply: UNKNOWN_OUTCOME, ending: { kind } } : undefined;
    try {
      const { requestId, deadline, signal, idempotencyKey, logger } = context;
      const reply = await recover(body, { requestId, deadline, signal, idempotencyKey, logger, firstAttemptAt });
      if (reply === undefined) return undefined;
      const ending = endingOf(reply, false);
      return { reply, ending: ending.kind === "done" ? ending : { kind } };
    } catch (error) {
      return { error, ending: { kind } };
    }
  }
}

const UNKNOWN_OUTCOME: HandlerReply = Object.freeze({
  status: 409,
  body: "an earlier attempt with this idempotency key ended without an answer; whether it had its effect is unknown",
});

// Not allowed, too early, too many: nothing was done, and the same question may be answered otherwise soon.
const UNDONE = new Set([401, 403, 408, 425, 429]);

/** What a reply says about the effect. A third party that answers with an error may have had it all the same. */
function endingOf(reply: HandlerReply, isFirst: boolean): Ending {
  const { status } = reply;
  if (!isStatus(status) || status >= 500) return { kind: "failed" };
  if (UNDONE.has(status)) return { kind: isFirst ? "undone" : "failed" };
  const isLarge = writeJson(reply.body).length > LARGEST_KEPT_REPLY;
  return { kind: "done", reply: isLarge ? { status: 409, body: TOO_LARGE_TO_KEEP } : reply };
}

const TOO_LARGE_TO_KEEP = "this was done before; the answer was too large to keep";
