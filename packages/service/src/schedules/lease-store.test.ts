import { type Broker, startRedis } from "@trunkline/brokers";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { leaseStore } from "./lease-store.ts";

let broker: Broker;
let redis: Redis;

beforeAll(async () => {
  broker = await startRedis();
  redis = new Redis(broker.url);
});
afterAll(async () => {
  redis.disconnect();
  await broker.stop();
});

/** No test takes so long: leases run out when a test says so. */
const TTL_MS = 60_000;

let schedules = 0;

/** Two replicas that want the same lease. */
function rivals() {
  schedules += 1;
  const name = `test:schedule:service:sweep-${schedules}`;
  const of = (owner: string) => leaseStore({ redis, name, owner, ttlMs: TTL_MS });
  return { ours: of("ours"), theirs: of("theirs"), name };
}

const tick = (second: number) => ({ kind: "tick", at: new Date(Date.UTC(2026, 0, 1, 0, 0, second)) }) as const;
const start = (freshMs: number) => ({ kind: "start", freshMs }) as const;

/** Lets the lease run out now. */
async function expired(name: string): Promise<void> {
  expect(await redis.pexpire(`${name}:lease`, 0)).toBe(1);
}

async function take(
  store: ReturnType<typeof leaseStore>,
  occasion: Parameters<typeof store.claim>[0],
): Promise<number> {
  const answer = await store.claim(occasion);
  if (answer.outcome !== "taken") throw new Error(`not taken: ${answer.outcome}`);
  return answer.fencingToken;
}

test("one of two gets a tick, and nobody gets it again after it has ended", async () => {
  const { ours, theirs } = rivals();
  const token = await take(ours, tick(0));
  expect(await theirs.claim(tick(0))).toMatchObject({ outcome: "had" });
  await ours.release(token, true);
  expect(await theirs.claim(tick(0))).toMatchObject({ outcome: "had" });
  expect(await theirs.claim(tick(10))).toMatchObject({ outcome: "taken" });
});

test("an older tick than the last one begun is had: a replica with a slow clock brings nothing back", async () => {
  const { ours, theirs } = rivals();
  await ours.release(await take(ours, tick(10)), true);
  expect(await theirs.claim(tick(0))).toMatchObject({ outcome: "had" });
});

test("tokens grow with every holder, and beyond what a Redis knew that has forgotten everything", async () => {
  const { ours, theirs, name } = rivals();
  const tokens: number[] = [];
  for (const [index, store] of [ours, theirs, ours].entries()) {
    const token = await take(store, tick(index));
    tokens.push(token);
    await store.release(token, true);
  }
  await redis.del(`${name}:state`);
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(tokens.at(-1) ?? 0), { interval: 1 });
  tokens.push(await take(theirs, tick(9)));
  expect(tokens).toEqual([...new Set(tokens)].sort((a, b) => a - b));
});

test("a later tick meets the lease of a run that goes on, and learns when it would run out", async () => {
  const { ours, theirs } = rivals();
  const fencingToken = await take(ours, tick(0));
  const answer = await theirs.claim(tick(10));
  expect(answer).toMatchObject({ outcome: "held", fencingToken });
  expect(answer.outcome === "held" && answer.expiresInMs).toBeGreaterThan(TTL_MS / 2);
});

test("the lease of a dead holder is succeeded for the tick that met it", async () => {
  const { ours, theirs, name } = rivals();
  const dead = await take(ours, tick(0));
  expect(await theirs.claim(tick(10))).toMatchObject({ outcome: "held", fencingToken: dead });
  await expired(name);
  expect(await theirs.claim(tick(10), dead)).toMatchObject({ outcome: "taken" });
});

test("a holder that ended while it was waited for was alive: the tick that overlapped it is left out", async () => {
  const { ours, theirs } = rivals();
  const alive = await take(ours, tick(0));
  await theirs.claim(tick(10));
  await ours.release(alive, true);
  expect(await theirs.claim(tick(10), alive)).toMatchObject({ outcome: "had" });
  expect(await theirs.claim(tick(20))).toMatchObject({ outcome: "taken" });
});

test("who waited for a dead holder leaves the tick to whoever was quicker", async () => {
  const { ours, theirs, name } = rivals();
  const dead = await take(ours, tick(0));
  await expired(name);
  const quicker = await take(ours, tick(5));
  await ours.release(quicker, true);
  expect(await theirs.claim(tick(10), dead)).toMatchObject({ outcome: "had" });
});

test("a lease is renewed by its holder only, and not after it was lost", async () => {
  const { ours, theirs, name } = rivals();
  const token = await take(ours, tick(0));
  expect(await ours.renew(token)).toBe(true);
  expect(await theirs.renew(token)).toBe(false);
  await expired(name);
  expect(await ours.renew(token)).toBe(false);
  const next = await take(theirs, tick(1));
  await ours.release(token, true);
  await redis.pexpire(`${name}:lease`, TTL_MS / 10);
  expect(await theirs.renew(next)).toBe(true);
  expect(await redis.pttl(`${name}:lease`)).toBeGreaterThan(TTL_MS / 2);
});

test("a start is not needed soon after a success, but is after a failure", async () => {
  const { ours, theirs } = rivals();
  await ours.release(await take(ours, start(60_000)), false);
  const again = await take(theirs, start(60_000));
  await theirs.release(again, true);
  const answer = await ours.claim(start(60_000));
  expect(answer.outcome).toBe("had");
  expect(answer.lastSuccess?.getTime()).toBeGreaterThan(Date.now() - 5_000);
  expect(await ours.claim(start(0))).toMatchObject({ outcome: "taken" });
});

test("a run at the start does not use up the tick after it", async () => {
  const { ours, theirs } = rivals();
  await ours.release(await take(ours, start(0)), true);
  const next = { kind: "tick", at: new Date(Date.now() + 1_000) } as const;
  expect(await theirs.claim(next)).toMatchObject({ outcome: "taken" });
});
