import type { z } from "zod";

/**
 * What a request does to the world. A `read` may be repeated freely. A `write` changes something at a third party:
 * it carries an idempotency key, is recorded in the audit trail, and is withheld outside production.
 */
export type Effect = "read" | "write";

/** One subject that answers: a request goes in, `{request_id, body, status}` comes back. */
export interface RequestContract<
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
  Subject extends string = string,
> {
  readonly kind: "request";
  readonly subject: Subject;
  /** The service that answers. */
  readonly owner: string;
  /** Replicas of the owner share the work of a subject through this NATS queue group. */
  readonly queueGroup: string;
  readonly effect: Effect;
  /** How long a requester waits unless it says otherwise, in milliseconds. */
  readonly timeoutMs: number;
  readonly description: string;
  /** The request's `body`. */
  readonly body: Body;
  /** The reply's `body` when its status is 2xx; every other status may carry anything. */
  readonly reply: Reply;
  /** Texts that existing requesters know for a malformed request; without one, a text naming the field is made. */
  readonly complaints: Complaints;
}

export interface Complaints {
  /** The request has no `body`, or it is null. */
  readonly noBody?: string;
  /** The body is an object without keys; without a text for it, that is like any other missing key. */
  readonly emptyBody?: string;
  /** A required key of the body is missing, null or empty. */
  readonly missingKey?: string;
  /** Instead of `missingKey`, for single keys that have their own text. */
  readonly missingKeys?: Readonly<Record<string, string>>;
  /** Instead of `missingKey`, when the key is there and null. */
  readonly nullKey?: string;
  /** For single keys that are there and wrong, an empty text among them. */
  readonly wrongKeys?: Readonly<Record<string, string>>;
  /**
   * Instead of any text, the 400's body is a list `[{loc, msg, type}]` of everything that is wrong with the body,
   * which goes by this name in the one entry for a body that is no object.
   */
  readonly model?: string;
}

/** One subject that is published to and never answered. */
export interface MessageContract<Body extends z.ZodType = z.ZodType, Subject extends string = string> {
  readonly kind: "message";
  readonly subject: Subject;
  /** The service that consumes. */
  readonly owner: string;
  readonly queueGroup: string;
  readonly effect: Effect;
  readonly description: string;
  readonly body: Body;
  /** `enveloped` messages travel as `{request_id, body}`, `bare` ones as the body alone. */
  readonly envelope: "enveloped" | "bare";
  /** The JetStream stream that keeps the message until its consumer has acknowledged it; null where a loss is bearable. */
  readonly stream: string | null;
  /** Name of the durable consumer that the owner reads the stream with. */
  readonly consumer: string;
  /** Whether a `write` is withheld outside production (`withhold`), or is itself how people learn of a dry run (`send`). */
  readonly dryRun: "withhold" | "send";
}

export type Contract = RequestContract | MessageContract;

/** The type of a contract's body as a requester gives it. */
export type BodyOf<C extends Contract> = z.input<C["body"]>;
/** The type of a contract's body as a handler receives it, defaults filled in. */
export type ParsedBodyOf<C extends Contract> = z.output<C["body"]>;
/** The type of a successful reply's body. */
export type ReplyOf<C extends RequestContract> = z.output<C["reply"]>;

type RequestOptions<Body extends z.ZodType, Reply extends z.ZodType, Subject extends string> = {
  subject: Subject;
  effect: Effect;
  timeoutSeconds: number;
  description: string;
  body: Body;
  reply: Reply;
  complaints?: Complaints;
};

type MessageOptions<Body extends z.ZodType, Subject extends string> = {
  subject: Subject;
  effect: Effect;
  description: string;
  body: Body;
  envelope?: "enveloped" | "bare";
  stream?: string;
  /** @default the owner and the subject */
  consumer?: string;
  dryRun?: "withhold" | "send";
};

/**
 * The two makers of contracts for one owner.
 *
 * @example
 * const { request } = contractsOf("digi-bridge", "digi_bridge");
 * export const rebootRequest = request({ subject: "digi.reboot", effect: "write", timeoutSeconds: 150, ... });
 */
export function contractsOf(owner: string, queueGroup: string) {
  return {
    request<Body extends z.ZodType, Reply extends z.ZodType, Subject extends string>(
      options: RequestOptions<Body, Reply, Subject>,
    ): RequestContract<Body, Reply, Subject> {
      const { timeoutSeconds, complaints = {}, ...rest } = options;
      return Object.freeze({
        kind: "request",
        owner,
        queueGroup,
        timeoutMs: timeoutSeconds * 1000,
        complaints,
        ...rest,
      });
    },
    message<Body extends z.ZodType, Subject extends string>(
      options: MessageOptions<Body, Subject>,
    ): MessageContract<Body, Subject> {
      const { envelope = "enveloped", stream = null, dryRun = "withhold", ...rest } = options;
      const consumer = `${owner}-${options.subject.replaceAll(".", "-")}`;
      return Object.freeze({ kind: "message", owner, queueGroup, envelope, stream, consumer, dryRun, ...rest });
    },
  };
}
