import type { BodyOf, MessageContract, ParsedBodyOf, ReplyOf, RequestContract } from "@trunkline/contracts";
import type { Logger } from "pino";

/** What came back for a request. A requester looks at `ok` first; nothing is ever thrown for a peer's failure. */
export type Reply<Body> =
  | { readonly ok: true; readonly status: number; readonly body: Body }
  | {
      readonly ok: false;
      /** As the replier gave it, or made here: 503 nobody listens or no connection, 504 deadline passed,
       * 502 the reply is not what the contract says, 410 a parked reply is gone, 0 withheld by a dry run. */
      readonly status: number;
      readonly body: unknown;
      /** True when a dry run kept the write from being sent. */
      readonly withheld: boolean;
    };

export interface RequestOptions {
  /** Milliseconds from now until nobody waits for the answer. @default the contract's `timeoutMs` */
  readonly timeoutMs?: number;
  /** Names the decision behind a write (ticket, serial, cycle, kind): the same key has its effect once. Required for writes. */
  readonly idempotencyKey?: string;
  /** The request whose handling caused this one, for the logs. @default a new id */
  readonly requestId?: string;
  readonly signal?: AbortSignal;
}

/** What a handler knows about the request beside its body. */
export interface RequestContext {
  readonly requestId: string;
  /** Epoch milliseconds after which the answer is of no use. */
  readonly deadline: number;
  /**
   * Fires shortly before the deadline, so that an answer still gets there in time, and when the service stops hard.
   * Hand it to every call made on the way.
   */
  readonly signal: AbortSignal;
  readonly idempotencyKey: string | undefined;
  readonly logger: Logger;
}

export interface HandlerReply<Body = unknown> {
  /** An integer like an HTTP status. */
  readonly status: number;
  readonly body: Body;
}

export type Handler<C extends RequestContract> = (
  body: ParsedBodyOf<C>,
  context: RequestContext,
) => Promise<HandlerReply>;

export interface ServeOptions<C extends RequestContract> {
  /** Requests of this subject worked on at once. @default 32 */
  readonly concurrency?: number;
  /**
   * For writes: a replier died between the effect and the reply, and the same key comes again. Looks whether the
   * effect is there and answers as the first attempt would have; `undefined` means it is not there, do it now.
   * Without it the request is refused with status 409, because a second effect is worse than a missing answer.
   */
  readonly recover?: (
    body: ParsedBodyOf<C>,
    context: RequestContext & { readonly firstAttemptAt: Date },
  ) => Promise<HandlerReply | undefined>;
}

export interface PublishOptions {
  /** The same id within the stream's window is stored once. */
  readonly messageId?: string;
  readonly requestId?: string;
}

export interface MessageContext {
  readonly requestId: string;
  readonly messageId: string | undefined;
  /** The message's place in its stream, the same at every delivery; undefined where no stream keeps it. */
  readonly sequence: number | undefined;
  /** 1 for the first delivery. */
  readonly attempt: number;
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

export interface ConsumeOptions {
  /** Name of the durable consumer. */
  readonly durable: string;
  /** Messages worked on at once; 1 means in order, over all replicas. @default 8 */
  readonly concurrency?: number;
  /** Deliveries before a message is parked on the dead-letter stream. @default 10 */
  readonly maxAttempts?: number;
}

/** Thrown by a message handler: try again later, after `retryAfterMs` where the third party named one. */
export interface Retryable {
  readonly retryAfterMs?: number;
}

/** The one door to NATS. What the server does not allow is refused at once, with a NotAllowedError or a 503. */
export interface Bus {
  request<C extends RequestContract>(
    contract: C,
    body: BodyOf<C>,
    options?: RequestOptions,
  ): Promise<Reply<ReplyOf<C>>>;
  /** Answers a subject in the contract's queue group; resolves when the server knows the subscription. */
  serve<C extends RequestContract>(contract: C, handler: Handler<C>, options?: ServeOptions<C>): Promise<void>;
  publish<C extends MessageContract>(contract: C, body: BodyOf<C>, options?: PublishOptions): Promise<void>;
  /** Consumes a message contract: durably when it has a stream, else as a plain queue subscription. */
  consume<C extends MessageContract>(
    contract: C,
    handler: (body: ParsedBodyOf<C>, context: MessageContext) => Promise<void>,
    options: ConsumeOptions,
  ): Promise<void>;
  /** Whether the connection to NATS is up now. */
  readonly connected: boolean;
  /** Takes no more work, finishes what is in hand, sends what is buffered, closes. */
  drain(): Promise<void>;
}
