import { randomUUID } from "node:crypto";
import type { Bus } from "@trunkline/bus";
import type { MessageContract, ParsedBodyOf } from "@trunkline/contracts";

export interface Captured<C extends MessageContract> {
  /** In the order in which they were published. */
  readonly messages: readonly ParsedBodyOf<C>[];
}

/**
 * Collects what is published. Of a contract with a stream it gets everything that the stream holds, beside its real
 * consumer; of one without, it takes part in the queue group and so must be the only consumer.
 */
export async function capture<C extends MessageContract>(bus: Bus, contract: C): Promise<Captured<C>> {
  const messages: ParsedBodyOf<C>[] = [];
  await bus.consume(
    contract,
    async (body) => {
      messages.push(body);
    },
    { durable: `capture-${randomUUID()}`, concurrency: 1 },
  );
  return { messages };
}
