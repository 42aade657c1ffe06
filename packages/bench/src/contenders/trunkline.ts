import { connectBus, ok } from "@trunkline/bus";
import { contractsOf } from "@trunkline/contracts";
import { Redis } from "ioredis";
import { pino } from "pino";
import { Registry } from "prom-client";
import { z } from "zod";
import type { StartContender } from "./contender.ts";

const row = z.looseObject({
  host: z.string(),
  enterpriseName: z.string(),
  enterpriseId: z.number(),
  edgeName: z.string(),
  edgeState: z.string(),
  edgeSystemUpSince: z.string(),
  edgeServiceUpSince: z.string(),
  edgeLastContact: z.string(),
  edgeId: z.number(),
  edgeSerialNumber: z.string(),
  edgeHASerialNumber: z.string().nullable(),
  edgeModelNumber: z.string(),
  displayName: z.string(),
  isp: z.string(),
  interface: z.string(),
  internalId: z.string(),
  linkState: z.string(),
  linkLastActive: z.string(),
  linkVpnState: z.string(),
  linkId: z.number(),
  linkIpAddress: z.string(),
});

const echo = contractsOf("bench", "bench").request({
  subject: "bench.trunkline",
  effect: "read",
  timeoutSeconds: 10,
  description: "Answers with what it was asked.",
  body: row,
  reply: row,
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
        return reply.body;
      },
      stop: async () => {
        await asking.drain();
        await answering.drain();
        redis.disconnect();
      },
    };
  };
}
