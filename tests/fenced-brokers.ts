import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseEnv, promisify } from "node:util";
import { type Broker, startNats, startRedis } from "@trunkline/brokers";
import type { ServiceDefinition } from "@trunkline/service";
import { serviceCatalogue } from "../scripts/demo/service-catalogue.ts";
import { passwordVariable } from "../scripts/generate/broker-users.ts";

const pathOf = (file: string) => fileURLToPath(new URL(`../deploy/${file}`, import.meta.url));
const run = promisify(execFile);

/** Brokers that know every service, as a deployment has them. */
export interface FencedBrokers extends AsyncDisposable {
  readonly nats: Broker;
  readonly redis: Broker;
  readonly cacheRedis: Broker;
  readonly definitions: readonly ServiceDefinition[];
  /** For a service to be itself, or somebody else. */
  variablesOf(user: string): Record<string, string>;
  password(broker: "NATS" | "REDIS", user: string): string;
}

/** Starts them with the generated files, through the same script that a deployment uses. */
export async function startFencedBrokers(environmentName: string): Promise<FencedBrokers> {
  const releases = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "trunkline-fenced-"));
  releases.defer(() => rm(folder, { recursive: true }));
  const definitions = (await serviceCatalogue()).map(({ definition }) => definition);
  const made = await run("/bin/sh", [pathOf("make-passwords.sh")]);
  const passwords = parseEnv(made.stdout) as Record<string, string>;
  const password = (broker: "NATS" | "REDIS", user: string) => passwords[passwordVariable(broker, user)] ?? "";

  const nats = await startNats({
    configuration: await readFile(pathOf("nats/permissions.conf"), "utf8"),
    environment: passwords,
  });
  releases.defer(() => nats.stop());
  const startFencedRedis = async (role: "main" | "customer-cache") => {
    const env = { PATH: process.env.PATH ?? "", ENVIRONMENT_NAME: environmentName, ...passwords };
    const { stdout } = await run("/bin/sh", [pathOf("redis/write-acl.sh"), pathOf(`redis/${role}.acl`)], { env });
    const aclFile = join(folder, `${role}.acl`);
    await writeFile(aclFile, stdout);
    const administrator = { user: "operator", password: password("REDIS", "operator") };
    const redis = await startRedis({ configuration: `aclfile ${aclFile}`, administrator });
    releases.defer(() => redis.stop());
    return redis;
  };
  const [redis, cacheRedis] = await Promise.all([startFencedRedis("main"), startFencedRedis("customer-cache")]);
  return {
    nats,
    redis,
    cacheRedis,
    definitions,
    password,
    variablesOf: (user) => ({
      NATS_SERVER1: nats.url,
      NATS_USER: user,
      NATS_PASSWORD: password("NATS", user),
      REDIS_HOSTNAME: `127.0.0.1:${redis.port}`,
      REDIS_CUSTOMER_CACHE_HOSTNAME: `127.0.0.1:${cacheRedis.port}`,
      REDIS_USERNAME: user,
      REDIS_PASSWORD: password("REDIS", user),
    }),
    [Symbol.asyncDispose]: () => releases.disposeAsync(),
  };
}
