import { setTimeout as sleep } from "node:timers/promises";
import { movableClock } from "@trunkline/clock";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ok, refuse } from "./handler-reply.ts";
import { appendNote } from "./testing/contracts.ts";
import { type Fixture, type OpenBus, startFixture } from "./testing/fixture.ts";
import type { Handler, ServeOptions } from "./types.ts";

let fixture: Fixture;
let monitor: OpenBus;
let subjects = 0;
beforeAll(async () => {
  fixture = await startFixture();
  monitor = await fixture.open("desk-monitor");
});
afterAll(() => fixture.stop());

type Write = typeof appendNote;

/** Two replicas of a bridge that serve a subject of their own. */
async function twoReplicas(handler: Handler<Write>, options?: ServeOptions<Write>) {
  subjects += 1;
  const contract = { ...appendNote, subject: `desk.write.${subjects}` } as unknown as Write;
  const replicas = [await fixture.open("desk-bridge"), await fixture.open("desk-bridge")];
  for (const { bus } of replicas) await bus.serve(contract, handler, options);
  const ask = (idempotencyKey: string, body = { ticket_id: 1 }, timeoutMs = 5000) =>
    monitor.bus.request(contract, body, { idempotencyKey, timeoutMs });
  const record = (key: string) => `test-idempotency-${contract.subject}-${key}`;
  return { contract, ask, record, replicas };
}

test("identical requests at once, over two replicas: one effect, the same reply to all", async () => {
  let effects = 0;
  const { ask } = await twoReplicas(async () => {
    effects += 1;
    await sleep(50);
    return ok({ note: effects });
  });
  const replies = await Promise.all(Array.from({ length: 20 }, () => ask("k")));
  expect(effects).toBe(1);
  for (const reply of replies) expect(reply).toEqual({ ok: true, status: 200, body: { note: 1 } });
});

test("a later request of the same key gets the remembered reply; another key has its own effect", async () => {
  let effects = 0;
  const { ask, record } = await twoReplicas(async () => {
    effects += 1;
    return ok(effects);
  });
  expect(await ask("a")).toMatchObject({ body: 1 });
  expect(await ask("a")).toMatchObject({ body: 1 });
  expect(await ask("b")).toMatchObject({ body: 2 });
  expect(await fixture.redis.ttl(record("a"))).toBeGreaterThan(86_000);
  expect(await fixture.redis.exists(`${record("a")}:lease`)).toBe(0);
});

describe("what is remembered", () => {
  test.each([200, 202, 400, 404, 409, 471, 472, 473])(
    "status %i is an outcome: a retry gets it again",
    async (status) => {
      let attempts = 0;
      const { ask } = await twoReplicas(async () => {
        attempts += 1;
        return refuse(status, attempts);
      });
      expect(await ask("k")).toMatchObject({ status, body: 1 });
      expect(await ask("k")).toMatchObject({ status, body: 1 });
      expect(attempts).toBe(1);
    },
  );

  test.each([401, 403, 408, 425, 429])(
    "status %i did nothing: a retry does the work, without looking back",
    async (status) => {
      let attempts = 0;
      const recover = vi.fn(async () => undefined);
      const { ask } = await twoReplicas(
        async () => {
          attempts += 1;
          return attempts === 1 ? refuse(status, null) : ok(attempts);
        },
        { recover },
      );
      expect(await ask("k")).toMatchObject({ status });
      expect(await ask("k")).toEqual({ ok: true, status: 200, body: 2 });
      expect(recover).not.toHaveBeenCalled();
    },
  );

  test.each<[string, Handler<Write>]>([
    ["500", async () => refuse(500, null)],
    ["504", async () => refuse(504, null)],
    ["something thrown", () => Promise.reject(new Error("socket hang up"))],
    ["no integer status", async () => ({ status: "200", body: null }) as never],
  ])("%s may have had the effect: a retry looks back first", async (_name, fail) => {
    let attempts = 0;
    const recover = vi.fn(async () => ok("found"));
    const { ask } = await twoReplicas(
      async (body, context) => {
        attempts += 1;
        return fail(body, context);
      },
      { recover },
    );
    const first = await ask("k");
    expect(first.status).toBeGreaterThanOrEqual(500);
    expect(await ask("k")).toEqual({ ok: true, status: 200, body: "found" });
    expect(await ask("k")).toEqual({ ok: true, status: 200, body: "found" });
    expect(attempts).toBe(1);
    expect(recover).toHaveBeenCalledTimes(1);
  });

  test("a failed attempt without a way to look back is simply tried again", async () => {
    let attempts = 0;
    const { ask } = await twoReplicas(async () => {
      attempts += 1;
      return attempts === 1 ? refuse(503, null) : ok(attempts);
    });
    expect(await ask("k")).toMatchObject({ status: 503 });
    expect(await ask("k")).toEqual({ ok: true, status: 200, body: 2 });
  });

  test("an answer too large to keep is given once; later the effect is confirmed without it", async () => {
    const { ask } = await twoReplicas(async () => ok("x".repeat(1_100_000)));
    expect(await ask("k")).toMatchObject({ status: 200 });
    expect(await ask("k")).toMatchObject({
      status: 409,
      body: "this was done before; the answer was too large to keep",
    });
  });
});

describe("a replier that dies between the effect and its reply", () => {
  /** Leaves behind what a replica leaves that is killed at work. */
  async function abandon(record: string, at: string): Promise<void> {
    await fixture.redis.hset(record, { state: "abandoned", at });
  }

  test("with a way to look back, the retry answers as the first attempt would have", async () => {
    const handler = vi.fn(async () => ok("done twice"));
    const recover = vi.fn(async (_body: unknown, { firstAttemptAt }: { firstAttemptAt: Date }) => ok(firstAttemptAt));
    const { ask, record } = await twoReplicas(handler, { recover });
    await abandon(record("k"), "2026-01-01T00:00:00.000Z");
    expect(await ask("k")).toEqual({ ok: true, status: 200, body: "2026-01-01T00:00:00.000Z" });
    expect(handler).not.toHaveBeenCalled();
  });

  test("and does the work when looking back shows that nothing was done", async () => {
    const { ask, record } = await twoReplicas(async () => ok("done"), { recover: async () => undefined });
    await abandon(record("k"), "2026-01-01T00:00:00.000Z");
    expect(await ask("k")).toEqual({ ok: true, status: 200, body: "done" });
  });

  test("when looking back fails, the next retry looks back again", async () => {
    let looks = 0;
    const { ask, record } = await twoReplicas(async () => ok("done"), {
      recover: async () => {
        looks += 1;
        return looks === 1 ? refuse(503, null) : ok("found");
      },
    });
    await abandon(record("k"), "2026-01-01T00:00:00.000Z");
    expect(await ask("k")).toMatchObject({ status: 503 });
    expect(await ask("k")).toEqual({ ok: true, status: 200, body: "found" });
  });

  test("without one, the request is refused: a second effect is worse than a missing answer", async () => {
    const handler = vi.fn(async () => ok("done twice"));
    const { ask, record } = await twoReplicas(handler);
    await abandon(record("k"), "2026-01-01T00:00:00.000Z");
    expect(await ask("k")).toMatchObject({ status: 409 });
    expect(await ask("k")).toMatchObject({ status: 409 });
    expect(handler).not.toHaveBeenCalled();
  });

  test("its lease ends by itself, and whoever waits takes over then", async () => {
    const { ask, record } = await twoReplicas(async () => ok("done"), { recover: async () => ok("found") });
    await abandon(record("k"), "2026-01-01T00:00:00.000Z");
    await fixture.redis.set(`${record("k")}:lease`, "a dead replica", "PX", 300);
    const startedAt = Date.now();
    expect(await ask("k")).toMatchObject({ body: "found" });
    expect(Date.now() - startedAt).toBeGreaterThan(200);
  });
});

test("whoever waits for the first attempt does so until its own deadline", async () => {
  const gate = Promise.withResolvers<void>();
  let attempts = 0;
  const { ask, contract, replicas } = await twoReplicas(async () => {
    attempts += 1;
    await gate.promise;
    return ok("late");
  });
  const first = ask("k", { ticket_id: 1 }, 30_000);
  await vi.waitFor(() => expect(attempts).toBe(1));
  expect(await ask("k", { ticket_id: 1 }, 600)).toMatchObject({ status: 504 });
  const atWork = () =>
    Promise.all(replicas.map(({ metric }) => metric("bus_handlers_in_flight", { subject: contract.subject })));
  await vi.waitFor(async () => expect((await atWork()).toSorted()).toEqual([0, 1]));
  gate.resolve();
  expect(await first).toMatchObject({ body: "late" });
});

test("a request without a key, as old requesters send it, is simply done", async () => {
  let effects = 0;
  const { contract } = await twoReplicas(async () => {
    effects += 1;
    return ok(effects);
  });
  const ask = () => fixture.bare.request(contract.subject, '{"request_id":"r1","body":{"ticket_id":1}}');
  expect((await ask()).json()).toMatchObject({ body: 1 });
  expect((await ask()).json()).toMatchObject({ body: 2 });
});

test("a request that is not valid leaves no record", async () => {
  const { ask, record } = await twoReplicas(async () => ok("done"));
  expect(await ask("k", { ticket_id: "one" } as never)).toMatchObject({ status: 400 });
  expect(await fixture.redis.exists(record("k"))).toBe(0);
});

test("the first attempt's time is told by the given clock", async () => {
  const clock = movableClock(new Date("2030-05-05T05:05:05Z"));
  const bridge = await fixture.open("desk-bridge", { clock });
  const contract = { ...appendNote, subject: "desk.write.clock" };
  await bridge.bus.serve(contract, async () => ok(null));
  await monitor.bus.request(contract, { ticket_id: 1 }, { idempotencyKey: "k" });
  expect(await fixture.redis.hget("test-idempotency-desk.write.clock-k", "at")).toBe("2030-05-05T05:05:05.000Z");
});
