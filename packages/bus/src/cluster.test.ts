import { randomInt } from "node:crypto";
import { type Broker, startNats, startRedis } from "@trunkline/brokers";
import { contractsOf } from "@trunkline/contracts";
import { connect } from "nats";
import { pino } from "pino";
import { Registry } from "prom-client";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { connectBus } from "./bus.ts";

const letter = contractsOf("desk", "desk").message({
  subject: "desk.letters",
  effect: "read",
  description: "A letter.",
  body: z.object({ text: z.string() }),
  stream: "LETTERS",
});

/** Servers of a cluster choose leaders first. */
const patiently = { timeout: 30_000, interval: 200 };

const releases = new AsyncDisposableStack();
let servers: readonly Broker[] = [];
let redis: Broker;
beforeAll(async () => {
  redis = await startRedis();
  releases.defer(() => redis.stop());
  servers = await startCluster();
});
afterAll(() => releases.disposeAsync());

/** Three servers that know each other; ports for the routes between them are taken at random. */
async function startCluster(): Promise<Broker[]> {
  const first = randomInt(10_000, 14_000);
  const ports = [first, first + 1, first + 2];
  const routes = ports.map((port) => `nats://127.0.0.1:${port}`).join(", ");
  const cluster = (port: number) => `cluster { name: test, listen: "127.0.0.1:${port}", routes: [${routes}] }`;
  return Promise.all(
    ports.map(async (port) => {
      const server = await startNats({ configuration: cluster(port) });
      releases.defer(() => server.stop());
      return server;
    }),
  );
}

async function openBus(streamReplicas: number) {
  const bus = await connectBus({
    servers: servers.map(({ url }) => url),
    service: "desk",
    redis: redis.url,
    environment: { name: "test", production: true },
    logger: pino({ level: "silent" }),
    metrics: new Registry(),
    streamReplicas,
  });
  releases.defer(() => bus.drain());
  return bus;
}

async function stream() {
  await using closing = new AsyncDisposableStack();
  const nc = await connect({ servers: servers.map(({ url }) => url) });
  closing.defer(() => nc.close());
  const { streams } = await nc.jetstreamManager();
  return await streams.info("LETTERS");
}

async function replicas(): Promise<number> {
  return (await stream()).config.num_replicas;
}

test("a stream gets the replicas that it lacks", { timeout: 60_000 }, async () => {
  const alone = await openBus(1);
  await vi.waitFor(() => alone.publish(letter, { text: "before" }), patiently);
  await expect.poll(replicas, patiently).toBe(1);

  const many = await openBus(3);
  await vi.waitFor(() => many.publish(letter, { text: "after" }), patiently);
  await expect.poll(replicas, patiently).toBe(3);
  await vi.waitFor(async () => {
    const copies = (await stream()).cluster?.replicas ?? [];
    expect(copies.map(({ current }) => current)).toEqual([true, true]);
  }, patiently);
});

test("what a stream has is not taken from it", { timeout: 60_000 }, async () => {
  const alone = await openBus(1);
  await vi.waitFor(() => alone.publish(letter, { text: "more" }), patiently);
  await expect.poll(replicas, patiently).toBe(3);
});
