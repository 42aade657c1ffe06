import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { type HandlerReply, MissingIdempotencyKeyError, ok, refuse } from "./index.ts";
import { type BusLab, type LabBus, openLab, series, writeContract } from "./testing/bus-lab.ts";

const releases = new AsyncDisposableStack();
const body = { text: "restart" };
let lab: BusLab;
let requester: LabBus;
let first: LabBus;
let second: LabBus;

beforeAll(async () => {
  lab = await openLab(releases);
  [requester, first, second] = await Promise.all([lab.bus({ service: "lab-monitor" }), lab.bus(), lab.bus()]);
});
afterAll(() => releases.disposeAsync());

/** A contract whose effects are counted, served by these replicas. */
async function counted(replicas: LabBus[], act: (effect: number) => Promise<HandlerReply>) {
  const contract = writeContract();
  const effects = { count: 0 };
  for (const replica of replicas) {
    await replica.serve(contract, async () => {
      effects.count += 1;
      return act(effects.count);
    });
  }
  const ask = (idempotencyKey: string, timeoutMs = 5_000) =>
    requester.request(contract, body, { idempotencyKey, timeoutMs });
  return { contract, effects, ask };
}

const atWork = (replica: LabBus, subject: string) => series(replica.registry, "bus_handlers_in_flight", { subject });

describe("the same write at the same time", () => {
  it("has its effect once and answers everyone who asked", async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const { contract, effects, ask } = await counted([first], async (effect) => {
      await gate;
      return ok({ effect });
    });
    const asked = [ask("ticket-1"), ask("ticket-1")];
    await vi.waitFor(async () => expect(await atWork(first, contract.subject)).toBe(2));
    open();
    const answer = { ok: true, status: 200, body: { effect: 1 } };
    expect(await Promise.all(asked)).toEqual([answer, answer]);
    expect(effects.count).toBe(1);
  });

  it("has its effect once over two replicas", async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const { contract, effects, ask } = await counted([first, second], async (effect) => {
      await gate;
      return ok({ effect });
    });
    const asked = Array.from({ length: 24 }, () => ask("ticket-1"));
    await vi.waitFor(async () => {
      const [here = 0, there = 0] = [await atWork(first, contract.subject), await atWork(second, contract.subject)];
      expect(here + there).toBe(24);
      expect(Math.min(here, there)).toBeGreaterThan(0);
    });
    open();
    const answers = await Promise.all(asked);
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ ok: true, status: 200, body: { effect: 1 } })]),
    );
    expect(effects.count).toBe(1);
  });

  it("is not taken over from a replica that is slow but alive", async () => {
    const [slow, other] = [await lab.bus({ writeLeaseMs: 900 }), await lab.bus({ writeLeaseMs: 900 })];
    const { effects, ask } = await counted([slow, other], async (effect) => {
      await new Promise((resolve) => setTimeout(resolve, 1_800));
      return ok({ effect });
    });
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask("ticket-1", 20_000)));
    expect(answers.every((answer) => answer.ok && answer.body.effect === 1)).toBe(true);
    expect(effects.count).toBe(1);
  });
});

describe("the same write later", () => {
  it("gets the remembered answer, of a replica too that came after the effect", async () => {
    const early = await lab.bus();
    const { contract, effects, ask } = await counted([early], async (effect) => ok({ effect, note: "é" }, 201));
    const answer = { ok: true, status: 201, body: { effect: 1, note: "é" } };
    expect(await ask("ticket-1")).toEqual(answer);
    expect(await ask("ticket-1")).toEqual(answer);
    await early.drain();
    await second.serve(contract, async () => ok({ effect: "again" }));
    expect(await ask("ticket-1")).toEqual(answer);
    expect(effects.count).toBe(1);
  });

  it("has its effect again under another key", async () => {
    const { ask } = await counted([first], async (effect) => ok({ effect }));
    expect(await ask("ticket-1")).toMatchObject({ body: { effect: 1 } });
    expect(await ask("ticket-2")).toMatchObject({ body: { effect: 2 } });
  });

  it.each([400, 404, 409, 471])("is refused the same way after a refusal with %i", async (status) => {
    const { effects, ask } = await counted([first], async (effect) => refuse(status, `refusal ${effect}`));
    const refusal = { ok: false, status, body: "refusal 1", withheld: false };
    expect(await ask("ticket-1")).toEqual(refusal);
    expect(await ask("ticket-1")).toEqual(refusal);
    expect(effects.count).toBe(1);
  });

  it.each([401, 429, 500, 503])("is tried again after a %i", async (status) => {
    const { ask } = await counted([first], async (effect) =>
      effect === 1 ? refuse(status, "not now") : ok({ effect }),
    );
    expect(await ask("ticket-1")).toMatchObject({ ok: false, status });
    expect(await ask("ticket-1")).toMatchObject({ ok: true, body: { effect: 2 } });
  });

  it("is tried again after a handler that threw", async () => {
    const { ask } = await counted([first], async (effect) => {
      if (effect === 1) throw new Error("the third party hung up");
      return ok({ effect });
    });
    expect(await ask("ticket-1")).toMatchObject({ ok: false, status: 500 });
    expect(await ask("ticket-1")).toMatchObject({ ok: true, body: { effect: 2 } });
  });
});

describe("a write without a key", () => {
  it("is a fault of the caller, and nothing is sent", async () => {
    const { contract, effects } = await counted([first], async (effect) => ok({ effect }));
    const asking = requester.request(contract, body);
    await expect(asking).rejects.toThrow(MissingIdempotencyKeyError);
    await expect(asking).rejects.toThrow(contract.subject);
    await requester.request(contract, body, { idempotencyKey: "ticket-1" });
    expect(effects.count).toBe(1);
  });

  it("is served to requesters of old, each time", async () => {
    const { contract, effects } = await counted([first], async (effect) => ok({ effect }));
    const ask = () => lab.bare.request(contract.subject, JSON.stringify({ request_id: "old", body }));
    expect((await ask()).json()).toEqual({ request_id: "old", status: 200, body: { effect: 1 } });
    expect((await ask()).json()).toEqual({ request_id: "old", status: 200, body: { effect: 2 } });
    expect(effects.count).toBe(2);
  });
});

describe("a bridge killed (-9) between the effect and the answer", () => {
  it("is asked again: recover finds the effect, and without it nobody claims to know", async () => {
    const [mended, unknown] = [writeContract(), writeContract()];
    const contracts = [mended, unknown];
    const victim = spawn(
      process.execPath,
      [
        new URL("./fixtures/dying-replier.ts", import.meta.url).pathname,
        lab.brokers.nats.url,
        lab.brokers.redis.url,
        ...contracts.map(({ subject }) => subject),
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    onTestFinished(() => void victim.kill("SIGKILL"));
    await once(victim.stdout, "data");
    const before = new Date();
    const giveUp = new AbortController();
    const lost = contracts.map((contract) =>
      requester.request(contract, body, { idempotencyKey: "ticket-1", signal: giveUp.signal }),
    );
    const effects = () => Promise.all(contracts.map(({ subject }) => lab.redis.get(`effects-of-${subject}`)));
    await vi.waitFor(async () => expect(await effects()).toEqual(["1", "1"]));
    const killedAt = new Date();
    const dead = once(victim, "exit");
    victim.kill("SIGKILL");
    await dead;
    giveUp.abort();
    expect((await Promise.all(lost)).map(({ status }) => status)).toEqual([499, 499]);

    const handler = vi.fn(async () => ok({ effect: "a second one" }));
    const recover = vi.fn(async (_body: unknown, { firstAttemptAt }: { firstAttemptAt: Date }) =>
      ok({ found: firstAttemptAt >= before && firstAttemptAt <= killedAt }),
    );
    const heir = await lab.bus({ writeLeaseMs: 600 });
    await heir.serve(mended, handler, { recover });
    await heir.serve(unknown, handler);
    const again = (contract: typeof mended) => requester.request(contract, body, { idempotencyKey: "ticket-1" });
    expect(await again(mended)).toEqual({ ok: true, status: 200, body: { found: true } });
    const refusal = await again(unknown);
    expect(refusal).toMatchObject({ ok: false, status: 409, body: expect.stringMatching(/whether .* is unknown/) });
    expect(await again(mended)).toEqual({ ok: true, status: 200, body: { found: true } });
    expect(await again(unknown)).toEqual(refusal);
    expect(recover).toHaveBeenCalledTimes(1);
    expect(handler).not.toHaveBeenCalled();
    expect(await effects()).toEqual(["1", "1"]);
  });

  it("does the work when recover finds no effect", async () => {
    const contract = writeContract();
    const handler = vi.fn(async () => (handler.mock.calls.length === 1 ? refuse(500, "hung up") : ok({ done: true })));
    const recover = vi.fn(async () => undefined);
    await first.serve(contract, handler, { recover });
    const ask = () => requester.request(contract, body, { idempotencyKey: "ticket-1" });
    expect(await ask()).toMatchObject({ status: 500 });
    expect(recover).not.toHaveBeenCalled();
    expect(await ask()).toMatchObject({ status: 200, body: { done: true } });
    expect(recover).toHaveBeenCalledTimes(1);
  });
});

describe("Redis killed (-9)", () => {
  it("turns writes with a key away without an effect, and takes them when it is back", async () => {
    const { effects, ask } = await counted([first], async (effect) => ok({ effect }));
    await lab.brokers.redis.kill();
    onTestFinished(async () => {
      if (lab.brokers.redis.pid === undefined) await lab.brokers.redis.restart();
    });
    expect(await ask("ticket-1")).toMatchObject({ ok: false, status: 503, body: expect.stringContaining("Redis") });
    expect(effects.count).toBe(0);
    await lab.brokers.redis.restart();
    await vi.waitFor(async () => expect(await ask("ticket-1")).toMatchObject({ ok: true, body: { effect: 1 } }), {
      timeout: 5_000,
    });
  });
});
