import { connectBus, ok } from "@trunkline/bus";
import { contractsOf } from "@trunkline/contracts";
import { Redis } from "ioredis";
import { connect } from "nats";
import { pino } from "pino";
import { Registry } from "prom-client";
import { z } from "zod";

/** Rows as VeloCloud sends them, so that parsing costs what it costs in earnest. */
function rowsOf(bytes: number): object[] {
  const row = (index: number) => ({
    enterpriseName: "Acme Foods|90001|",
    edgeName: `ACME-${String(index).padStart(6, "0")}`,
    edgeState: "CONNECTED",
    edgeSerialNumber: `VC0520000${String(index).padStart(6, "0")}`,
    interface: "GE1",
    linkState: "STABLE",
    linkLastActive: "2026-01-01T00:00:00.000Z",
    linkIpAddress: "203.0.113.7",
  });
  const each = JSON.stringify(row(0)).length + 1;
  return Array.from({ length: Math.ceil(bytes / each) }, (_, index) => row(index));
}

export interface ClaimCheckBench {
  /** One request through the bus whose reply is too large for NATS. */
  throughBus(): Promise<void>;
  /** The least that any claim check must do: one encode, SET and GET of the same bytes, one parse, one small request. */
  bound(): Promise<void>;
  stop(): Promise<void>;
}

const largeReply = contractsOf("bench", "bench").request({
  subject: "bench.large",
  effect: "read",
  timeoutSeconds: 30,
  description: "A list too large for NATS.",
  body: z.looseObject({ bytes: z.int() }),
  reply: z.array(z.unknown()),
});

export async function startClaimCheckBench(natsUrl: string, redisUrl: string, bytes: number): Promise<ClaimCheckBench> {
  const rows = rowsOf(bytes);
  const stores = [new Redis(redisUrl), new Redis(redisUrl)] as const;
  const join = (service: string, redis: Redis) =>
    connectBus({
      servers: natsUrl,
      service,
      redis,
      environment: { name: "bench", production: true },
      logger: pino({ level: "warn" }),
      metrics: new Registry(),
    });
  const answering = await join("bench", stores[0]);
  const asking = await join("bench-asking", stores[1]);
  await answering.serve(largeReply, async () => ok(rows));

  const bare = await connect({ servers: natsUrl, noAsyncTraces: true });
  bare.subscribe("bench.small", { callback: (_error, message) => void message.respond(message.data) });
  await bare.flush();
  return {
    async throughBus() {
      const reply = await asking.request(largeReply, { bytes });
      if (!reply.ok || reply.body.length !== rows.length) throw new Error("the large reply did not arrive whole");
    },
    async bound() {
      const encoded = Buffer.from(JSON.stringify({ request_id: "1", body: rows, status: 200 }));
      await stores[0].set("bench-bound", encoded, "EX", 300);
      await bare.request("bench.small", Buffer.from('{"is_stored":true,"token":"bench-bound"}'));
      const parked = await stores[1].getBuffer("bench-bound");
      JSON.parse(parked?.toString() ?? "null");
    },
    async stop() {
      await asking.drain();
      await answering.drain();
      await bare.close();
      for (const store of stores) store.disconnect();
    },
  };
}
