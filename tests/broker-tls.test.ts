import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startNats, startRedis } from "@trunkline/brokers";
import { ok } from "@trunkline/bus";
import { contractsOf } from "@trunkline/contracts";
import { type Certificates, makeCertificates } from "@trunkline/sandbox";
import { defineService, StartTimedOut, startService } from "@trunkline/service";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { z } from "zod";
import { freePort } from "../scripts/demo/free-port.ts";

const { request } = contractsOf("tls-desk", "tls_desk");
const ping = request({
  subject: "tls.ping",
  effect: "read",
  timeoutSeconds: 5,
  description: "Answers.",
  body: z.object({}),
  reply: z.object({ size: z.number() }),
});
const later = { name: "later", data: z.object({}) };
const seen: string[] = [];

/** Uses every connection that a service has: NATS both ways, its Redis, the claim check's and those of the jobs. */
const service = defineService({
  name: "tls-desk",
  summary: "Talks to itself.",
  config: {},
  serves: [ping],
  asks: [ping],
  publishes: [],
  consumes: [],
  redis: [],
  schedules: [],
  jobs: [later.name],
  async start({ bus, jobs, clock, redis }) {
    await jobs.work(later, async () => void seen.push("job"));
    await jobs.schedule(later, { key: "one", dueAt: clock.now(), data: {} });
    await bus.serve(ping, async () => ok({ size: 2_000_000, padding: "x".repeat(2_000_000) }));
    seen.push(`request: ${(await bus.request(ping, {})).status}`, `redis: ${await redis("main").ping()}`);
  },
});

const releases = new AsyncDisposableStack();
let ours: Certificates;
let environment: Record<string, string>;

beforeAll(async () => {
  ours = await makeCertificates(["localhost"]);
  releases.defer(() => ours.remove());
  const folder = await mkdtemp(join(tmpdir(), "trunkline-tls-"));
  releases.defer(() => rm(folder, { recursive: true }));
  const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  await Promise.all([writeFile(cert, ours.cert), writeFile(key, ours.key)]);

  const nats = await startNats({ configuration: `tls { cert_file: "${cert}", key_file: "${key}" }` });
  releases.defer(() => nats.stop());
  const tlsPort = await freePort();
  const redis = await startRedis({
    configuration: `tls-port ${tlsPort}\ntls-cert-file ${cert}\ntls-key-file ${key}\ntls-auth-clients no`,
  });
  releases.defer(() => redis.stop());
  environment = {
    // The client checks a certificate against a name; an address will not do.
    NATS_SERVER1: `nats://localhost:${nats.port}`,
    REDIS_HOSTNAME: `127.0.0.1:${tlsPort}`,
    ENVIRONMENT_NAME: "test",
    HEALTH_PORT: "0",
    METRICS_PORT: "0",
    LOG_LEVEL: "silent",
    START_TIMEOUT: "1",
  };
});
afterAll(() => releases.disposeAsync());

it("needs one setting: the authority of the brokers' certificates", async () => {
  const running = await startService(service, { env: { ...environment, BROKER_CA_FILE: ours.caFile } });
  releases.defer(() => running.stop());
  expect(seen).toEqual(expect.arrayContaining(["request: 200", "redis: PONG"]));
  await vi.waitFor(() => expect(seen).toContain("job"), 10_000);
  const urls = { NATS_SERVER1: environment.NATS_SERVER1?.replace("nats:", "tls:") ?? "" };
  const redis = { REDIS_HOSTNAME: `rediss://${environment.REDIS_HOSTNAME}` };
  const another = await startService(service, {
    env: { ...environment, ...urls, ...redis, BROKER_CA_FILE: ours.caFile },
  });
  await another.stop();
});

it("trusts nobody else's brokers, and says which one it does not trust", async () => {
  const theirs = await makeCertificates([]);
  releases.defer(() => theirs.remove());
  const starting = startService(service, { env: { ...environment, BROKER_CA_FILE: theirs.caFile } });
  await expect(starting).rejects.toThrow(StartTimedOut);
  await expect(starting).rejects.toThrow(/Redis.*(certificate|signature)/i);
});
