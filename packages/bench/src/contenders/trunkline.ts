import { connectBus, ok } from "@trunkline/bus";
import { contractsOf, linkStatusRow } from "@trunkline/contracts";
import { Redis } from "ioredis";
import { pino } from "pino";
import { Registry } from "prom-client";
import type { Payload, StartContender } from "./contender.ts";

const echo = contractsOf("bench", "bench").request({
  subject: "bench.trunkline",
  effect: "read",
  timeoutSeconds: 10,
  description: "Answers with what it was asked.",
  body: linkStatusRow,
  reply: linkStatusRow,
});

/** Our bus as services get it: both sides validate, measure, and carry request ids, deadlines and trace context. */
export function trunkline(redisUrl: string): StartContender {
  return async (natsUrl) => {
    const redis = new Redis(redisUrl, { lazyConnect: true });
    await redis.connect();
    const connect = (service: string) =>
      connectBus({
        servers: natsUrl,
        service,
        redis,
        environment: { name: "bench", production: true },
        logger: pino({ level: "warn" }),
        metrics: new Registry(),
      });
    const [answering, asking] = await Promise.all([connect("bench"), connect("bench-asking")]);
    await answering.serve(echo, async (body) => ok(body), { concurrency: 256 });
    return {
      name: "Trunkline",
      async ask(body) {
        const reply = await asking.request(echo, body);
        if (!reply.ok) throw new Error(`the echo was refused with status ${reply.status}`);
        return reply.body as Payload;
      },
      stop: async () => {
        await asking.drain();
        await answering.drain();
        redis.disconnect();
      },
    };
  };
}
