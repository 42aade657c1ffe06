import type { Msg, Subscription } from "nats";
import { refusalFor } from "./answer.ts";
import { isClaim } from "./claim-check.ts";
import type { ConsumeParts } from "./consuming.ts";
import { type DeliveryParts, unpack } from "./deliver.ts";
import { isObject, readEnvelope, type WireId, writeReply } from "./envelope.ts";
import { readJson } from "./json.ts";
import { shortId } from "./random-id.ts";
import type { HandlerReply } from "./types.ts";
import { readMetadata } from "./wire-headers.ts";

const ACCEPTED: HandlerReply = { status: 200, body: "Accepted: it is kept until it is delivered" };

/**
 * Answers those who request a message that a stream keeps, as publishers of an earlier generation do: once, by one
 * replica, as soon as the message is there. A later answer would not be waited for, and the message requested again
 * and delivered twice. The stream takes its copy by itself. See `docs/decisions/published-once.md`.
 */
export class Acceptance {
  readonly #parts: ConsumeParts;
  readonly #delivery: DeliveryParts;
  readonly #subscription: Subscription;
  readonly #answering = new Set<Promise<void>>();

  /** Subscribes at once. */
  constructor(parts: ConsumeParts, delivery: DeliveryParts) {
    const { contract, logger } = delivery;
    this.#parts = parts;
    this.#delivery = delivery;
    this.#subscription = parts.link.nc.subscribe(contract.subject, {
      queue: contract.queueGroup,
      callback: (error, message) => {
        if (error !== null) logger.error({ err: error }, "NATS refused the subscription");
        else if (message.reply) this.#answer(message, message.reply);
      },
    });
  }

  /** Answers no more; resolves when those who asked before have their answers. */
  async finish(): Promise<void> {
    await this.#subscription.drain();
    await Promise.all(this.#answering);
  }

  #answer(message: Msg, inbox: string): void {
    const answering = this.#send(message, inbox).finally(() => this.#answering.delete(answering));
    this.#answering.add(answering);
  }

  /** Never rejects: who gets no answer asks again. */
  async #send(message: Msg, inbox: string): Promise<void> {
    const { link } = this.#parts;
    try {
      const { requestId, reply } = await this.#look(message);
      link.send({ subject: inbox, reply: "", headers: "", text: writeReply(requestId, reply) });
    } catch (error) {
      this.#delivery.logger.warn({ err: error }, "the acceptance of a message could not be told");
    }
  }

  async #look(message: Msg): Promise<{ requestId: WireId; reply: HandlerReply }> {
    const { claims, contract } = this.#delivery;
    let requestId: WireId = readMetadata(message).requestId ?? shortId();
    try {
      const received = readJson(message.data);
      const value = isClaim(received) ? readJson(await claims.fetch(received, "many")) : received;
      if (contract.envelope === "enveloped" && isObject(value)) requestId = readEnvelope(value).requestId ?? requestId;
      unpack(contract, value);
      return { requestId, reply: ACCEPTED };
    } catch (error) {
      const reply = refusalFor(error);
      if (reply === undefined) throw error;
      return { requestId, reply };
    }
  }
}
