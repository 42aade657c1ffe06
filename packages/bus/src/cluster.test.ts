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

async function openBus(streamReplicas: number, at: readonly Broker[] = servers) {
  const bus = await connectBus({
    servers: at.map(({ url }) => url),
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

/** The server that leads the stream, and the others. */
async function leaderAndOthers(): Promise<[leader: Broker | undefined, others: Broker[]]> {
  const name = (await stream()).cluster?.leader;
  const names = await Promise.all(servers.map(nameOf));
  return [servers.find((_, index) => names[index] === name), servers.filter((_, index) => names[index] !== name)];
}

async function nameOf({ url }: Broker): Promise<string | undefined> {
  const nc = await connect({ servers: url });
  const { info } = nc;
  await nc.close();
  return info?.server_name;
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

// Last: a server is gone afterwards.
test("what is published while a stream has no leader is stored once it has one", { timeout: 90_000 }, async () => {
  const [leader, others] = await leaderAndOthers();
  expect(others).toHaveLength(2);
  const bus = await openBus(3, others);
  await vi.waitFor(() => bus.publish(letter, { text: "with a leader" }), patiently);
  const { messages } = (await stream()).state;

  await leader?.kill();
  for (let number = 1; number <= 20; number += 1) await bus.publish(letter, { text: `without a leader ${number}` });
  await expect.poll(async () => (await stream()).state.messages, patiently).toBe(messages + 20);
});
