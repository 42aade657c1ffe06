import { contractsOf } from "@trunkline/contracts";
import type { Msg } from "nats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { NotPublishedError, ok } from "./index.ts";
import { durationOf, headerBytes, listen, type OpenedBus, startRig, type TestRig } from "./testing/old-peer.ts";

const { request, message } = contractsOf("test-bridge", "test_bridge");
const common = { effect: "read", timeoutSeconds: 15, description: "For large payloads." } as const;
const sized = request({
  ...common,
  subject: "claims.sized",
  body: z.object({ text: z.string(), want: z.int() }),
  reply: z.object({ got: z.int(), text: z.string() }),
});
const asked = request({ ...common, subject: "claims.asked", body: z.string(), reply: z.unknown() });
const told = message({ subject: "claims.told", effect: "read", description: "For large payloads.", body: z.string() });
const toldBare = { ...told, envelope: "bare", subject: "claims.bare" } as const;

const CLAIM = /^\{"is_stored":true,"token":"([0-9A-Za-z]{22})"\}$/;
const AT_ONCE_MS = 1_000;
const MEBIBYTE = 1_048_576;

/** The token where the bytes are a claim. */
const tokenIn = (wire: string) => CLAIM.exec(wire)?.[1];

async function serveSized({ bus }: OpenedBus): Promise<void> {
  await bus.serve(sized, async ({ text, want }) => ok({ got: text.length, text: "y".repeat(want) }));
}

describe("the limit is the server's, in bytes", () => {
  const LIMIT = 4_096;
  let rig: TestRig;
  let opened: OpenedBus;

  beforeAll(async () => {
    rig = await startRig({ maxPayload: LIMIT });
    opened = await rig.open();
    await serveSized(opened);
  });
  afterAll(() => rig.stop());

  /** What a replier gets to see of a request. */
  async function seen(text: string): Promise<Msg> {
    const heard = await listen(rig.peer, asked.subject);
    const controller = new AbortController();
    const reply = opened.bus.request(asked, text, { requestId: "r-1", signal: controller.signal });
    const received = await heard.message;
    controller.abort();
    expect(await reply).toMatchObject({ ok: false, status: 499 });
    return received;
  }

  async function published(text: string): Promise<Msg> {
    const heard = await listen(rig.peer, told.subject);
    await opened.bus.publish(told, text, { requestId: "r-1" });
    return heard.message;
  }

  describe.each([
    ["a request", seen],
    ["a message", published],
  ])("%s", (_name, send) => {
    it("that fits exactly, headers included, travels whole; one byte more is parked", async () => {
      const small = await send("");
      const overhead = headerBytes(small.headers) + small.data.length;
      const whole = await send("x".repeat(LIMIT - overhead));
      expect(headerBytes(whole.headers) + whole.data.length).toBe(LIMIT);
      expect(tokenIn(whole.string())).toBeUndefined();

      const text = "x".repeat(LIMIT - overhead + 1);
      const token = tokenIn((await send(text)).string()) ?? "";
      expect(await rig.redis.get(token)).toBe(JSON.stringify({ request_id: "r-1", body: text }));
      const ttl = await rig.redis.ttl(token);
      expect(ttl).toBeGreaterThan(290);
      expect(ttl).toBeLessThanOrEqual(300);
    });

    it("is measured in bytes, not in characters", async () => {
      const small = await send("");
      const overhead = headerBytes(small.headers) + small.data.length;
      const room = LIMIT - overhead;
      const fits = "é".repeat(Math.floor(room / 2));
      expect((await send(fits)).json()).toEqual({ request_id: "r-1", body: fits });
      const token = tokenIn((await send(`${fits}éé`)).string()) ?? "";
      expect(JSON.parse((await rig.redis.get(token)) ?? "")).toEqual({ request_id: "r-1", body: `${fits}éé` });
    });
  });

  it("a reply that fits exactly travels whole; one byte more is parked", async () => {
    const answered = async (want: number) => {
      const wire = JSON.stringify({ request_id: "r-1", body: { text: "", want } });
      return (await rig.peer.request(sized.subject, wire, { timeout: 5_000 })).string();
    };
    const overhead = (await answered(0)).length;
    const whole = await answered(LIMIT - overhead);
    expect(whole).toHaveLength(LIMIT);
    const token = tokenIn(await answered(LIMIT - overhead + 1)) ?? "";
    expect(await rig.redis.strlen(token)).toBe(LIMIT + 1);
  });

  it("a bare message is parked as it is", async () => {
    const text = "x".repeat(LIMIT);
    const heard = await listen(rig.peer, toldBare.subject);
    await opened.bus.publish(toldBare, text);
    const token = tokenIn((await heard.message).string()) ?? "";
    expect(await rig.redis.get(token)).toBe(JSON.stringify(text));
  });
});

describe("large payloads arrive", () => {
  let rig: TestRig;
  let near: OpenedBus;
  let far: OpenedBus;

  beforeAll(async () => {
    rig = await startRig();
    near = await rig.open();
    far = await rig.open();
    await serveSized(far);
  });
  afterAll(() => rig.stop());

  it.each([1, 8, 64])("%i MiB, as a request and as a reply", async (mebibytes) => {
    const length = mebibytes * MEBIBYTE;
    const there = await near.bus.request(sized, { text: "x".repeat(length), want: 1 });
    expect(there).toMatchObject({ ok: true, body: { got: length } });
    const back = await near.bus.request(sized, { text: "x", want: length });
    expect(back.ok && back.body.text.length).toBe(length);
    // What its only reader has read is deleted.
    await expect.poll(() => rig.redis.dbsize()).toBe(0);
  });

  it.each([1, 8, 64])("%i MiB, as a message", async (mebibytes) => {
    const length = mebibytes * MEBIBYTE;
    const consumer = await rig.open();
    const heard = Promise.withResolvers<number>();
    await consumer.bus.consume(told, async (text) => heard.resolve(text.length), { durable: "claims" });
    await near.bus.publish(told, "x".repeat(length));
    expect(await heard.promise).toBe(length);
    await consumer.bus.drain();
    await rig.redis.flushdb();
  });

  it("bytes parked and fetched are counted", async () => {
    const [out, fetched] = [
      await near.metric("bus_claim_check_bytes_total", { direction: "out" }),
      await far.metric("bus_claim_check_bytes_total", { direction: "in" }),
    ];
    await near.bus.request(sized, { text: "x".repeat(MEBIBYTE), want: 1 });
    const grown = (await near.metric("bus_claim_check_bytes_total", { direction: "out" })) - out;
    expect(grown).toBeGreaterThan(MEBIBYTE);
    expect((await far.metric("bus_claim_check_bytes_total", { direction: "in" })) - fetched).toBe(grown);
  });

  it("a server that takes more is given more", async () => {
    await using releases = new AsyncDisposableStack();
    const generous = await startRig({ maxPayload: 8 * MEBIBYTE });
    releases.defer(() => generous.stop());
    const { bus, ...opened } = await generous.open();
    await serveSized({ bus, ...opened });
    expect(await bus.request(sized, { text: "x".repeat(4 * MEBIBYTE), want: 1 })).toMatchObject({ ok: true });
    expect(await opened.metric("bus_claim_check_bytes_total")).toBe(0);
  });
});

describe("without Redis", () => {
  const LIMIT = 4_096;
  const large = "x".repeat(2 * LIMIT);
  let rig: TestRig;
  let near: OpenedBus;
  let far: OpenedBus;

  beforeAll(async () => {
    rig = await startRig({ maxPayload: LIMIT });
    near = await rig.open();
    far = await rig.open();
    await serveSized(far);
    await rig.brokers.redis.kill();
  });
  afterAll(() => rig.stop());

  it("a small request is answered as ever", async () => {
    expect(await near.bus.request(sized, { text: "x", want: 1 })).toMatchObject({ ok: true });
  });

  it("a large request is refused at once", async () => {
    const reply = near.bus.request(sized, { text: large, want: 1 });
    expect(await durationOf(reply)).toBeLessThan(AT_ONCE_MS);
    expect(await reply).toMatchObject({ ok: false, status: 503, withheld: false });
  });

  it("a large reply becomes a refusal at once", async () => {
    const reply = near.bus.request(sized, { text: "x", want: 2 * LIMIT });
    expect(await durationOf(reply)).toBeLessThan(AT_ONCE_MS);
    expect(await reply).toMatchObject({ ok: false, status: 503 });
  });

  it("a claim that comes in is answered at once, whether as a request or as a reply", async () => {
    const wire = '{"is_stored":true,"token":"vytxeTZskVKR7C7WgdSP3d"}';
    const received = await rig.peer.request(sized.subject, wire, { timeout: AT_ONCE_MS });
    expect(received.json()).toMatchObject({ status: 503 });
    const replier = rig.peer.subscribe(asked.subject, { callback: (_error, each) => void each.respond(wire) });
    await rig.peer.flush();
    const reply = near.bus.request(asked, "x");
    expect(await durationOf(reply)).toBeLessThan(AT_ONCE_MS);
    expect(await reply).toMatchObject({ ok: false, status: 503 });
    replier.unsubscribe();
  });

  it("a large message is not published, and the publisher knows at once", async () => {
    const publishing = near.bus.publish(told, large);
    expect(await durationOf(publishing)).toBeLessThan(AT_ONCE_MS);
    await expect(publishing).rejects.toThrow(NotPublishedError);
  });

  it("all works again when Redis is back", async () => {
    await rig.brokers.redis.restart();
    const both = { text: large, want: 2 * LIMIT };
    await expect
      .poll(() => near.bus.request(sized, both), { timeout: 5_000 })
      .toMatchObject({ ok: true, body: { got: large.length } });
  });
});
