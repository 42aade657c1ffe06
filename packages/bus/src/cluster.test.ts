import { setTimeout as sleep } from "node:timers/promises";
import { type Broker, startNatsCluster, startRedis } from "@trunkline/brokers";
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

const question = contractsOf("desk", "desk").request({
  subject: "desk.question",
  effect: "read",
  timeoutSeconds: 5,
  description: "A question.",
  body: z.object({}),
  reply: z.unknown(),
});

const DURABLE = "desk";
/** Servers of a cluster choose leaders first. */
const patiently = { timeout: 30_000, interval: 200 };

const releases = new AsyncDisposableStack();
let servers: readonly Broker[] = [];
let redis: Broker;
beforeAll(async () => {
  redis = await startRedis();
  releases.defer(() => redis.stop());
  const cluster = await startNatsCluster();
  releases.defer(() => cluster.stop());
  servers = cluster.servers;
});
afterAll(() => releases.disposeAsync());

async function openBus(streamReplicas: number, at: readonly (Broker | undefined)[] = servers) {
  const bus = await connectBus({
    servers: at.flatMap((server) => server?.url ?? []),
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

/** Moves the lead of the consumer to the server that leads the stream. */
async function leadConsumerFrom(leader: string | undefined): Promise<void> {
  await using closing = new AsyncDisposableStack();
  const nc = await connect({ servers: servers.map(({ url }) => url) });
  closing.defer(() => nc.close());
  const { consumers } = await nc.jetstreamManager();
  await vi.waitFor(async () => {
    const { cluster } = await consumers.info("LETTERS", DURABLE);
    if (cluster?.leader === leader && cluster?.replicas?.length === 2) return;
    await nc.request(`$JS.API.CONSUMER.LEADER.STEPDOWN.LETTERS.${DURABLE}`);
    throw new Error("another server leads the consumer");
  }, patiently);
}

async function unacknowledged(): Promise<number> {
  await using closing = new AsyncDisposableStack();
  const nc = await connect({ servers: servers.map(({ url }) => url) });
  closing.defer(() => nc.close());
  const { consumers } = await nc.jetstreamManager();
  return (await consumers.info("LETTERS", DURABLE)).num_ack_pending;
}

// Last: a server is gone afterwards.
test("a leader that dies costs nothing and doubles nothing", { timeout: 90_000 }, async () => {
  const [leader, others] = await leaderAndOthers();
  expect(others).toHaveLength(2);
  const bus = await openBus(3, others);
  const received: string[] = [];
  const handling = Promise.withResolvers<void>();
  const isDead = Promise.withResolvers<void>();
  await vi.waitFor(() => bus.publish(letter, { text: "in hand" }), patiently);
  const { messages } = (await stream()).state;
  const work = async ({ text }: { text: string }) => {
    received.push(text);
    if (text !== "in hand") return;
    handling.resolve();
    await isDead.promise;
  };
  await bus.consume(letter, work, { durable: DURABLE, concurrency: 1 });
  await handling.promise;
  await leadConsumerFrom((await stream()).cluster?.leader);

  // Its clients come to the other servers.
  const replier = await openBus(3, [leader]);
  await replier.serve(question, async () => ({ status: 200, body: "an answer" }));
  await vi.waitFor(async () => expect((await bus.request(question, {})).status).toBe(200), patiently);
  const asking = Array.from({ length: 200 }, async (_, index) => {
    await sleep(2 * index);
    return (await bus.request(question, {}, { timeoutMs: 3_000 })).status;
  });
  await leader?.kill();
  // Those that were on their way to the server when it died have no answer.
  expect([200, 504]).toEqual(expect.arrayContaining([...new Set(await Promise.all(asking))]));

  isDead.resolve();
  const texts = Array.from({ length: 20 }, (_, index) => `without a leader ${index}`);
  for (const text of texts) await bus.publish(letter, { text });
  await expect.poll(async () => (await stream()).state.messages, patiently).toBe(messages + 20);
  await expect.poll(() => received, patiently).toEqual(expect.arrayContaining(texts));
  await expect.poll(unacknowledged, patiently).toBe(0);
  expect(received).toHaveLength(messages + 20);
});
