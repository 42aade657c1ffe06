import type { Subscription } from "nats";
import { Lanes } from "./concurrency.ts";
import type { ConsumeParts, Consuming } from "./consuming.ts";
import { type DeliveryParts, deliver } from "./deliver.ts";

// A burst is held in memory up to here; what comes on top is lost, as the contract says is bearable.
const MOST_WAITING = 10_000;

/** A queue subscription: nothing is kept, nothing comes twice. */
export class PlainConsumer implements Consuming {
  readonly #lanes: Lanes;
  readonly #stopping = new AbortController();
  readonly #subscription: Subscription;

  /** Subscribes at once. */
  constructor({ link, metrics }: ConsumeParts, delivery: DeliveryParts, concurrency: number) {
    const { contract, logger } = delivery;
    const { subject, queueGroup: queue } = contract;
    const { signal } = this.#stopping;
    this.#lanes = new Lanes(concurrency, MOST_WAITING);
    this.#subscription = link.nc.subscribe(subject, {
      queue,
      callback: (error, message) => {
        if (error !== null) {
          logger.error({ err: error }, "NATS refused the subscription");
          return;
        }
        const isTaken = this.#lanes.submit(async () => {
          const outcome = await deliver(delivery, { message, attempt: 1, signal });
          metrics.consumed.inc({ subject, outcome: outcome.kind === "done" ? "done" : "lost" });
        });
        if (!isTaken) metrics.dropped.inc({ subject, reason: "overloaded" });
      },
    });
  }

  async finish(): Promise<void> {
    await this.#subscription.drain();
    await this.#lanes.idle();
  }

  /** What nobody stores nobody counts. */
  async backlog(): Promise<undefined> {
    return undefined;
  }

  abort(): void {
    this.#stopping.abort(new DOMException("the service stops", "AbortError"));
  }
}
