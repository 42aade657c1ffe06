import { ServiceBroker } from "moleculer";
import { type Payload, payload, type StartContender } from "./contender.ts";

/**
 * Moleculer: two brokers joined by its NATS transporter.
 *
 * @param equipped with what our bus always has: its own validation of requests, metrics and tracing, exporting nothing
 */
export function moleculer(equipped: boolean): StartContender {
  return async (natsUrl) => {
    const broker = (nodeID: string) =>
      new ServiceBroker({
        nodeID,
        namespace: equipped ? "equipped" : "bare",
        logger: false,
        metrics: equipped,
        tracing: equipped,
        transporter: { type: "NATS", options: { servers: natsUrl, noAsyncTraces: true } },
        registry: { preferLocal: false },
      });
    const answering = broker("answering");
    const params = equipped ? { params: schemaOf(payload) } : {};
    answering.createService({
      name: "bench",
      actions: { echo: { ...params, handler: (context: { params: unknown }) => context.params } },
    });
    const asking = broker("asking");
    await Promise.all([answering.start(), asking.start()]);
    await asking.waitForServices("bench");
    return {
      name: equipped ? "Moleculer, equipped" : "Moleculer",
      ask: (body) => asking.call<Payload, Payload>("bench.echo", body),
      stop: async () => {
        await asking.stop();
        await answering.stop();
      },
    };
  };
}

/** Every field checked by its type, as the contract of our own contender does. */
function schemaOf(example: Payload): Record<string, { type: string; nullable: true }> {
  return Object.fromEntries(
    Object.entries(example).map(([key, value]) => [
      key,
      { type: typeof value === "number" ? "number" : "string", nullable: true },
    ]),
  );
}
