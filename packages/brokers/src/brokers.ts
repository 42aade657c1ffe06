import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { startNats } from "./nats.ts";
import { startRedis } from "./redis.ts";
import type { Broker, Brokers, NatsOptions } from "./types.ts";

/** Starts NATS and Redis side by side; both answer when it resolves, and none is left running when it rejects. */
export async function startBrokers(options: NatsOptions = {}): Promise<Brokers> {
  const { prefer = "local" } = options;
  const [nats, redis] = await Promise.allSettled([
    folderOf(options, "nats").then((folder) => startNats({ ...options, ...folder })),
    folderOf(options, "redis").then((folder) => startRedis({ prefer, ...folder })),
  ]);
  if (nats.status === "rejected" || redis.status === "rejected") {
    await stopStarted([nats, redis]);
    throw nats.status === "rejected" ? nats.reason : (redis as PromiseRejectedResult).reason;
  }
  return {
    nats: nats.value,
    redis: redis.value,
    stop: () => stopStarted([nats, redis]),
  };
}

async function folderOf({ dataFolder }: NatsOptions, broker: string): Promise<{ dataFolder?: string }> {
  if (dataFolder === undefined) return {};
  const folder = join(dataFolder, broker);
  await mkdir(folder, { recursive: true });
  return { dataFolder: folder };
}

async function stopStarted(outcomes: readonly PromiseSettledResult<Broker>[]): Promise<void> {
  await Promise.all(outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value.stop() : undefined)));
}
