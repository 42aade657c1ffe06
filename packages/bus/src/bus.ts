import type { BodyOf, MessageContract, ReplyOf, RequestContract } from "@trunkline/contracts";
import type { BusOptions } from "./bus-options.ts";
import { type BusParts, openParts } from "./bus-parts.ts";
import { consumeContract } from "./consume.ts";
import type { Consuming } from "./consuming.ts";
import type { MessageHandler } from "./deliver.ts";
import { announce } from "./discovery.ts";
import { drainBus } from "./drain.ts";
import { MissingIdempotencyKeyError } from "./errors.ts";
import { shortId } from "./random-id.ts";
import { ServedSubject } from "./served-subject.ts";
import { subscribed } from "./subscribed.ts";
import type { Bus, ConsumeOptions, Handler, PublishOptions, Reply, RequestOptions, ServeOptions } from "./types.ts";

/**
 * Connects a service to NATS.
 *
 * @throws CannotConnectError when there is no server within `connectWithinMs`
 * @throws NotAllowedError when the server does not let it receive answers
 */
export async function connectBus(options: BusOptions): Promise<Bus> {
  const parts = await openParts(options);
  const bus = new ConnectedBus(options, parts);
  try {
    await subscribed(parts.link, parts.inbox.subject);
  } catch (error) {
    // Without an inbox no request is ever answered.
    await bus.drain();
    throw error;
  }
  return bus;
}

class ConnectedBus implements Bus {
  readonly #parts: BusParts;
  readonly #served: ServedSubject[] = [];
  readonly #consumed: Consuming[] = [];
  readonly #drainWithinMs: number;
  #drained: Promise<void> | undefined;

  constructor(options: BusOptions, parts: BusParts) {
    const { service, version = "0.1.0", description = "", drainWithinMs = 25_000 } = options;
    this.#parts = parts;
    this.#drainWithinMs = drainWithinMs;
    announce(parts.link, { service, version, description, endpoints: () => this.#served });
    const { metrics, inbox } = parts;
    metrics.gauge("bus_requests_in_flight", "Requests that wait for their answers", () => inbox.waiting());
    metrics.gauge("bus_handlers_in_flight", "Requests being handled", () => this.#lanes("running"));
    metrics.gauge("bus_stream_pending", "Stored messages that no replica has been handed yet", () =>
      this.#backlogs("pending"),
    );
    metrics.gauge(
      "bus_stream_unacknowledged",
      "Stored messages that a replica is working on or will be handed again",
      () => this.#backlogs("unacknowledged"),
    );
    metrics.gauge("bus_handlers_waiting", "Requests that wait for a handler", () => this.#lanes("waiting"));
  }

  get connected(): boolean {
    return this.#parts.link.connected;
  }

  request<C extends RequestContract>(
    contract: C,
    body: BodyOf<C>,
    given: RequestOptions = {},
  ): Promise<Reply<ReplyOf<C>>> {
    const options = { ...given, requestId: this.#requestId(given) };
    return contract.effect === "read"
      ? this.#parts.send(contract, body, options)
      : this.#write(contract, body, options);
  }

  async serve<C extends RequestContract>(contract: C, handler: Handler<C>, options?: ServeOptions<C>): Promise<void> {
    // The handler gets what the contract's schema gives, and so what its type says.
    const erased = { contract, handler: handler as Handler<RequestContract> };
    this.#served.push(new ServedSubject({ ...this.#parts, ...erased }, options as ServeOptions<RequestContract>));
    await subscribed(this.#parts.link, contract.subject);
  }

  async publish<C extends MessageContract>(contract: C, body: BodyOf<C>, given: PublishOptions = {}): Promise<void> {
    const { dryRun, publish, audit } = this.#parts;
    const { subject, effect } = contract;
    const { messageId } = given;
    const requestId = this.#requestId(given);
    if (dryRun.withholds(contract)) {
      await dryRun.withhold(contract, { body, requestId, decision: messageId });
      return;
    }
    await publish(contract, body, { requestId, messageId });
    if (effect === "read") return;
    await audit({ subject, effect: "sent", idempotencyKey: messageId, requestId, body, status: null });
  }

  async consume<C extends MessageContract>(
    contract: C,
    handler: (body: never, context: never) => Promise<void>,
    options: ConsumeOptions,
  ): Promise<void> {
    const consumption = { contract, handler: handler as MessageHandler, options };
    this.#consumed.push(await consumeContract(this.#parts, consumption));
    await subscribed(this.#parts.link, contract.subject);
  }

  drain(): Promise<void> {
    this.#drained ??= drainBus(this.#parts, [...this.#served, ...this.#consumed], this.#drainWithinMs);
    return this.#drained;
  }

  async #write<C extends RequestContract>(
    contract: C,
    body: BodyOf<C>,
    options: RequestOptions & { readonly requestId: string },
  ): Promise<Reply<ReplyOf<C>>> {
    const { dryRun, send, audit } = this.#parts;
    const { subject } = contract;
    const { idempotencyKey, requestId } = options;
    if (idempotencyKey === undefined) throw new MissingIdempotencyKeyError(subject);
    if (dryRun.withholds(contract)) {
      await dryRun.withhold(contract, { body, requestId, decision: idempotencyKey });
      return { ok: false, status: 0, body: null, withheld: true };
    }
    const reply = await send(contract, body, options);
    // Before the caller goes on: if this process dies now, the caller asks again and the record is made then.
    await audit({ subject, effect: "sent", idempotencyKey, requestId, body, status: reply.status });
    return reply;
  }

  #requestId({ requestId }: { readonly requestId?: string }): string {
    return requestId ?? this.#parts.tracing.currentRequestId ?? shortId();
  }

  async #backlogs(which: "pending" | "unacknowledged"): Promise<(readonly [subject: string, count: number])[]> {
    const backlogs = await Promise.all(this.#consumed.map((consuming) => consuming.backlog()));
    return backlogs.flatMap((backlog) => (backlog === undefined ? [] : [[backlog.subject, backlog[which]] as const]));
  }

  #lanes(which: "running" | "waiting"): (readonly [subject: string, count: number])[] {
    return this.#served.map(({ contract, lanes }) => [contract.subject, lanes[which]] as const);
  }
}
