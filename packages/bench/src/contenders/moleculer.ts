import { ServiceBroker } from "moleculer";
import type { Payload, StartContender } from "./contender.ts";

/** Moleculer: two brokers joined by its NATS transporter. */
export const startMoleculer: StartContender = async (natsUrl) => {
  const broker = (nodeID: string) =>
    new ServiceBroker({
      nodeID,
      logger: false,
      transporter: { type: "NATS", options: { servers: natsUrl, noAsyncTraces: true } },
      registry: { preferLocal: false },
    });
  const answering = broker("answering");
  answering.createService({ name: "bench", actions: { echo: { handler: (context) => context.params } } });
  const asking = broker("asking");
  await Promise.all([answering.start(), asking.start()]);
  await asking.waitForServices("bench");
  return {
    name: "Moleculer",
    ask: (body) => asking.call<Payload, Payload>("bench.echo", body),
    stop: async () => {
      await asking.stop();
      await answering.stop();
    },
  };
};
