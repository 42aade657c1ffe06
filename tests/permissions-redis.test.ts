import { redisKeys } from "@trunkline/service";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type FencedBrokers, startFencedBrokers } from "./fenced-brokers.ts";

const ENVIRONMENT = "fenced";
const ROLES = ["main", "customer-cache"] as const;
type Role = (typeof ROLES)[number];

const releases = new AsyncDisposableStack();
let brokers: FencedBrokers;
beforeAll(async () => {
  brokers = releases.use(await startFencedBrokers(ENVIRONMENT));
});
afterAll(() => releases.disposeAsync());

const clients: Redis[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
});

function signedIn(user: string, role: Role, password = brokers.password("REDIS", user)): Redis {
  const { host, port } = role === "main" ? brokers.redis : brokers.cacheRedis;
  const client = new Redis({ host, port, username: user, password, retryStrategy: () => null });
  client.on("error", () => undefined);
  clients.push(client);
  return client;
}

/** Whether Redis did not refuse it for lack of rights. */
async function passes(command: Promise<unknown>): Promise<boolean> {
  const outcome = await command.then(
    () => "",
    (error: Error) => error.message,
  );
  return !outcome.startsWith("NOPERM");
}

/** One key that a pattern is about. */
function sample(pattern: string): string {
  return pattern.replaceAll("[0-9A-Za-z]", "a").replaceAll("*", "thing");
}

interface Try {
  readonly user: string;
  readonly key: string;
  readonly read: boolean;
  readonly write: boolean;
}

/** Every user of a Redis at a key of every pattern that anybody has there. */
async function attempts(role: Role): Promise<{ found: Try[]; expected: Try[] }> {
  const users = brokers.definitions.filter(({ redis }) => role === "main" || redis.includes(role));
  const rightsOf = new Map(users.map((user) => [user.name, redisKeys(user, role, ENVIRONMENT)]));
  const patterns = [...new Set([...rightsOf.values()].flat().map(({ pattern }) => pattern))];
  const [found, expected]: [Try[], Try[]] = [[], []];
  for (const [user, rights] of rightsOf) {
    const client = signedIn(user, role);
    for (const pattern of patterns) {
      const key = sample(pattern);
      const access = rights.filter((right) => right.pattern === pattern).map((right) => right.access);
      const mayRead = access.some((each) => each !== "write");
      const mayWrite = access.some((each) => each !== "read");
      expected.push({ user, key, read: mayRead, write: mayWrite });
      const [read, write] = await Promise.all([passes(client.get(key)), passes(client.set(key, "x"))]);
      found.push({ user, key, read, write });
    }
  }
  return { found, expected };
}

it.each(ROLES)("every service at every key of the %s Redis: its own, and no other", async (role) => {
  const { found, expected } = await attempts(role);
  expect(found).toEqual(expected);
  expect(found.some(({ read }) => read)).toBe(true);
  expect(found.some(({ read }) => !read)).toBe(true);
});

/** Written by hand, so that an error in how patterns are made cannot hide in how they are tried. */
it.each([
  ["notifier", "fenced:jobs:outage-quarantine:1"],
  ["notifier", "fenced:service-outage-monitor:journal:1"],
  ["service-outage-triage", "fenced:schedule:service-outage-monitor:outage-pass:all:lease"],
  ["service-outage-triage", "fenced-idempotency-bruin.ticket.note.append.request-x"],
  ["digi-bridge", "fenced-idempotency-bruin.ticket.note.append.request-x"],
  ["bruin-bridge", "fenced-dri-serial-VC1"],
  ["bruin-bridge", "fenced:succeeded"],
  ["velocloud-bridge", "fenced:dead-letters"],
  ["service-outage-monitor", "other:service-outage-monitor:journal:1"],
  ["service-outage-monitor", "fenced:alerts:open"],
])("%s is refused %s", async (user, key) => {
  const client = signedIn(user, "main");
  await expect(client.set(key, "x")).rejects.toThrow(/NOPERM/);
  await expect(client.get(key)).rejects.toThrow(/NOPERM/);
  await expect(client.eval("return redis.call('GET', KEYS[1])", 1, key)).rejects.toThrow(
    /NOPERM|not permitted|can.t access/,
  );
  // A script that does not say which keys it uses is no way around.
  await expect(client.eval(`return redis.call('GET', '${key}')`, 0)).rejects.toThrow(
    /NOPERM|not permitted|can.t access/,
  );
});

it("nobody but the operator lists keys, empties Redis, changes it or looks at others", async () => {
  const commands = [
    ["KEYS", "*"],
    ["SCAN", "0"],
    ["RANDOMKEY"],
    ["DBSIZE"],
    ["FLUSHALL"],
    ["FLUSHDB"],
    ["SWAPDB", "0", "1"],
    ["CONFIG", "GET", "*"],
    ["ACL", "LIST"],
    ["CLIENT", "LIST"],
    ["MONITOR"],
    ["SLOWLOG", "GET"],
    ["SORT", "fenced:alive"],
    ["SUBSCRIBE", "x"],
    ["PUBLISH", "x", "y"],
    ["FUNCTION", "FLUSH"],
    ["SCRIPT", "FLUSH"],
    ["SAVE"],
    ["SHUTDOWN"],
  ] as const;
  for (const { name } of brokers.definitions) {
    const client = signedIn(name, "main");
    const outcomes = await Promise.all(commands.map(([command, ...rest]) => passes(client.call(command, ...rest))));
    expect([name, commands.filter((_, index) => outcomes[index])]).toEqual([name, []]);
  }
  const operator = signedIn("operator", "main");
  expect(await passes(operator.keys("*"))).toBe(true);
  const exporter = signedIn("exporter", "main");
  expect(await exporter.info()).toContain("redis_version");
  expect(await passes(exporter.get("fenced:alive"))).toBe(false);
});

it("nobody gets in without a password, with another's, or into a Redis that is not his", async () => {
  const { host, port } = brokers.redis;
  const nobody = new Redis({ host, port, retryStrategy: () => null });
  nobody.on("error", () => undefined);
  clients.push(nobody);
  await expect(nobody.get("x")).rejects.toThrow(/NOAUTH/);
  await expect(signedIn("notifier", "main", brokers.password("REDIS", "alerts")).get("x")).rejects.toThrow(/WRONGPASS/);
  await expect(signedIn("notifier", "customer-cache").get("x")).rejects.toThrow(/WRONGPASS/);
});

it("what services wrote in transactions and scripts is there after a restart", async () => {
  const written = { "fenced:notifier:transaction": "kept", "fenced:notifier:script": "kept" };
  const before = signedIn("notifier", "main");
  const [transaction, script] = Object.keys(written) as [string, string];
  await before.multi().set(transaction, "lost").set(transaction, "kept").exec();
  const twoWrites = "redis.call('SET', KEYS[1], 'lost') return redis.call('SET', KEYS[1], 'kept')";
  await before.eval(twoWrites, 1, script);
  await brokers.redis.restart();
  const after = signedIn("notifier", "main");
  expect(await after.mget(transaction, script)).toEqual(Object.values(written));
  await expect(signedIn("default", "main", "").get(transaction)).rejects.toThrow(/NOAUTH|WRONGPASS/);
  await expect(signedIn("default", "main", "guessed").get(transaction)).rejects.toThrow(/NOAUTH|WRONGPASS/);
});
