import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import {
  BrokerFailedError,
  type Brokers,
  type NatsOptions,
  startBrokers,
  startNats,
  startNatsCluster,
} from "./index.ts";
import { isTaken, say } from "./testing/raw-client.ts";

describe("brokers of our own", () => {
  it("answer on the loopback interface as soon as they are handed out", async () => {
    const { nats, redis } = await started();

    expect(nats.url).toBe(`nats://127.0.0.1:${nats.port}`);
    expect(redis.url).toBe(`redis://127.0.0.1:${redis.port}`);
    expect(await say(nats, "PING\r\n")).toMatch(/^INFO .*"jetstream":true/);
    expect(await say(redis, "PING\r\n")).toBe("+PONG\r\n");
  });

  it("are gone, with their data, after stop", async () => {
    const { nats, redis, ...brokers } = await startBrokers();
    const folder = (await say(redis, "CONFIG GET dir\r\n", "data\r\n")).split("\r\n").at(-2) ?? "";
    expect(existsSync(folder)).toBe(true);

    await brokers.stop();

    expect(existsSync(folder)).toBe(false);
    expect(await isTaken(nats.port)).toBe(false);
    expect(await isTaken(redis.port)).toBe(false);
  });

  it("keep their data in the caller's folder", async () => {
    const folder = await scratchFolder();
    const first = await startBrokers({ dataFolder: folder });
    await say(first.redis, "SET edge VC1234567\r\n");
    await first.stop();

    const second = await started({ dataFolder: folder });

    expect(await say(second.redis, "GET edge\r\n", "67\r\n")).toContain("VC1234567");
  });

  it("run side by side in any number", async () => {
    const all = await Promise.all([started(), started(), started()]);

    const ports = all.flatMap(({ nats, redis }) => [nats.port, redis.port]);
    expect(new Set(ports).size).toBe(6);
  });
});

it("servers of a cluster know each other", async () => {
  const { servers, stop } = await startNatsCluster();
  onTestFinished(stop);
  const [first, ...others] = servers;
  if (first === undefined) throw new Error("no server was started");
  await vi.waitFor(
    async () => {
      const information = await say(first, "PING\r\n");
      for (const { port } of others) expect(information).toContain(`"127.0.0.1:${port}"`);
    },
    { timeout: 10_000 },
  );
});

describe("redis killed (-9)", () => {
  it("has every answered write after a restart on the same port", async () => {
    const { redis } = await started();
    for (let number = 0; number < 100; number++) await say(redis, `SET key-${number} ${number}\r\n`);

    await redis.kill();
    expect(redis.pid).toBeUndefined();
    expect(await isTaken(redis.port)).toBe(false);
    await redis.restart();

    expect(await say(redis, "DBSIZE\r\n")).toBe(":100\r\n");
  });
});

describe("nats killed (-9)", () => {
  it("has its streams and their messages after a restart on the same port", async () => {
    const { nats } = await started();
    await say(nats, request("$JS.API.STREAM.CREATE.AUDIT", { name: "AUDIT", subjects: ["audit.>"] }), '"created"');
    await say(nats, request("audit.note", { ticket: 1 }), '"seq":1');

    await nats.kill();
    await nats.restart();

    expect(await say(nats, request("$JS.API.STREAM.INFO.AUDIT", {}), '"messages"')).toContain('"messages":1,');
  });
});

describe("nats with a larger limit", () => {
  it.each([1, 8, 64])("takes messages of up to %i MiB", async (mebibytes) => {
    const maxPayload = mebibytes * 1024 * 1024;
    const { nats } = await started({ maxPayload });

    expect(await say(nats, "")).toContain(`"max_payload":${maxPayload},`);
  });
});

describe("nats that cannot start", () => {
  it("fails with what the server said", async () => {
    const dataFolder = await scratchFolder();
    await mkdir(join(dataFolder, "data"));
    await writeFile(join(dataFolder, "data", "jetstream"), "a file where the server wants a folder");

    const failure = await startNats({ dataFolder }).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(BrokerFailedError);
    expect(String(failure)).toMatch(/nats-server ended instead of getting ready; it said:\n.*not a directory/s);
  });
});

describe("nats without JetStream", () => {
  it("does not offer it", async () => {
    const { nats } = await started({ jetStream: false });

    expect(await say(nats, "")).not.toContain('"jetstream":true');
  });
});

async function started(options: NatsOptions = {}): Promise<Brokers> {
  const brokers = await startBrokers(options);
  onTestFinished(() => brokers.stop());
  return brokers;
}

async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "trunkline-brokers-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** A request in the client protocol, with a connection and an inbox of its own. */
function request(subject: string, body: object): string {
  const payload = JSON.stringify(body);
  return `CONNECT {"verbose":false}\r\nSUB inbox 1\r\nPUB ${subject} inbox ${payload.length}\r\n${payload}\r\n`;
}
