import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Broker, startNats, startRedis } from "@trunkline/brokers";
import type { ServiceDefinition } from "@trunkline/service";
import { serviceCatalogue } from "../scripts/demo/service-catalogue.ts";
import { passwordVariable } from "../scripts/generate/broker-users.ts";

const deploy = new URL("../deploy/", import.meta.url);
const run = promisify(execFile);

/** Brokers that know every service, as a deployment has them. */
export interface FencedBrokers extends AsyncDisposable {
  readonly nats: Broker;
  readonly redis: Broker;
  readonly cacheRedis: Broker;
  readonly definitions: readonly ServiceDefinition[];
  /** For a service to be itself, or somebody else. */
  variablesOf(user: string): Record<string, string>;
  password(user: string): string;
}

/** Starts them with the generated files, through the same script that a deployment uses. */
export async function startFencedBrokers(environmentName: string): Promise<FencedBrokers> {
  const releases = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "trunkline-fenced-"));
  releases.defer(() => rm(folder, { recursive: true }));
  const definitions = (await serviceCatalogue()).map(({ definition }) => definition);
  const users = [...definitions.map(({ name }) => name), "operator", "sandbox", "exporter"];
  const password = (user: string) => `the-secret-of-${user}`;
  const passwordsFor = (broker: "NATS" | "REDIS") =>
    Object.fromEntries(users.map((user) => [passwordVariable(broker, user), password(user)]));

  const nats = await startNats({
    configuration: await readFile(new URL("nats/permissions.conf", deploy), "utf8"),
    environment: passwordsFor("NATS"),
  });
  releases.defer(() => nats.stop());
  const startFencedRedis = async (role: "main" | "customer-cache") => {
    const env = { PATH: process.env.PATH ?? "", ENVIRONMENT_NAME: environmentName, ...passwordsFor("REDIS") };
    const [script, template] = ["redis/write-acl.sh", `redis/${role}.acl`].map(
      (path) => new URL(path, deploy).pathname,
    );
    const { stdout } = await run("/bin/sh", [script ?? "", template ?? ""], { env });
    const aclFile = join(folder, `${role}.acl`);
    await writeFile(aclFile, stdout);
    const administrator = { user: "operator", password: password("operator") };
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
      NATS_PASSWORD: password(user),
      REDIS_HOSTNAME: `127.0.0.1:${redis.port}`,
      REDIS_CUSTOMER_CACHE_HOSTNAME: `127.0.0.1:${cacheRedis.port}`,
      REDIS_USERNAME: user,
      REDIS_PASSWORD: password(user),
    }),
    [Symbol.asyncDispose]: () => releases.disposeAsync(),
  };
}
