import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { ok } from "./handler-reply.ts";
import { appendNote, letter, readTicket } from "./testing/contracts.ts";
import { type Fixture, type OpenBus, startFixture } from "./testing/fixture.ts";

/** Far below what a request waits for, and far above what a busy machine adds. */
const AT_ONCE_MS = 2_500;

let fixture: Fixture;
let bridge: OpenBus;
let monitor: OpenBus;
beforeAll(async () => {
  fixture = await startFixture();
  bridge = await fixture.open("desk-bridge");
  monitor = await fixture.open("desk-monitor");
});
afterAll(() => fixture.stop());

describe("Redis is killed", () => {
  const large = { ticket_id: 1, note: "x".repeat(2_000_000) };
  const swelling = { ...readTicket, subject: "desk.swelling" };
  const unavailable = { ok: false, status: 503, body: "Redis is unavailable to this service", withheld: false };
  let effects = 0;

  beforeAll(async () => {
    await bridge.bus.serve(readTicket, async (body) => ok(body));
    await bridge.bus.serve(swelling, async () => ok(large));
    await bridge.bus.serve(appendNote, async () => {
      effects += 1;
      return ok(effects);
    });
  });

  test("what needs it is refused at once, what does not passes; with it again, all passes", async () => {
    await fixture.brokers.redis.kill();
    const startedAt = Date.now();
    expect(await monitor.bus.request(readTicket, large)).toEqual(unavailable);
    expect(await monitor.bus.request(swelling, { ticket_id: 1 })).toEqual(unavailable);
    const claim = await fixture.bare.request(readTicket.subject, '{"is_stored":true,"token":"vytxeTZskVKR7C7WgdSP3d"}');
    expect(claim.json()).toMatchObject({ status: 503 });
    expect(await monitor.bus.request(appendNote, { ticket_id: 1 }, { idempotencyKey: "a" })).toEqual(unavailable);
    expect(effects).toBe(0);
    expect(await monitor.bus.request(readTicket, { ticket_id: 1 })).toMatchObject({ status: 200 });
    expect(Date.now() - startedAt).toBeLessThan(AT_ONCE_MS);

    await fixture.brokers.redis.restart();
    await vi.waitFor(
      async () => expect(await monitor.bus.request(swelling, { ticket_id: 1 })).toMatchObject({ ok: true }),
      5000,
    );
    const note = await monitor.bus.request(appendNote, { ticket_id: 1 }, { idempotencyKey: "a" });
    expect(note).toEqual({ ok: true, status: 200, body: 1 });
  });
});

describe("NATS is killed", () => {
  const slow = { ...readTicket, subject: "desk.slow" };
  let release = () => {};
  beforeAll(async () => {
    await bridge.bus.serve(slow, async (body) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return ok(body);
    });
  });
  beforeEach(() => vi.waitFor(() => expect(monitor.bus.connected && bridge.bus.connected).toBe(true)));

  // Whichever of the two is back first.
  test("the answer of a handler that was at work meanwhile arrives over the new connection", async () => {
    const reply = monitor.bus.request(slow, { ticket_id: 1 }, { timeoutMs: 15_000 });
    await vi.waitFor(async () =>
      expect(await bridge.metric("bus_handlers_in_flight", { subject: slow.subject })).toBe(1),
    );
    await fixture.brokers.nats.kill();
    await vi.waitFor(() => expect(bridge.bus.connected).toBe(false));
    release();
    await fixture.brokers.nats.restart();
    expect(await reply).toEqual({ ok: true, status: 200, body: { ticket_id: 1 } });
  });

  test("requests are refused at once without a connection and answered with the next one", async () => {
    await fixture.brokers.nats.kill();
    await vi.waitFor(() => expect(monitor.bus.connected).toBe(false));
    const startedAt = Date.now();
    const reply = await monitor.bus.request(readTicket, { ticket_id: 1 });
    expect(reply).toEqual({ ok: false, status: 503, body: "not connected to NATS", withheld: false });
    expect(Date.now() - startedAt).toBeLessThan(AT_ONCE_MS);
    await fixture.brokers.nats.restart();
    await vi.waitFor(
      async () => expect(await monitor.bus.request(readTicket, { ticket_id: 1 })).toMatchObject({ ok: true }),
      10_000,
    );
  });

  test("a service that begins to consume while NATS is away begins when it is back", async () => {
    const received: string[] = [];
    await fixture.brokers.nats.kill();
    await vi.waitFor(() => expect(bridge.bus.connected).toBe(false));
    const consuming = bridge.bus.consume(letter, async ({ text }) => void received.push(text), { durable: "patient" });
    await sleep(200);
    await fixture.brokers.nats.restart();
    await consuming;
    await vi.waitFor(() => expect(monitor.bus.connected).toBe(true));
    await monitor.bus.publish(letter, { text: "at last" });
    await vi.waitFor(() => expect(received).toEqual(["at last"]));
  });

  test("a message for a stream waits for the connection and is stored and consumed once", async () => {
    const received: string[] = [];
    await bridge.bus.consume(letter, async ({ text }) => void received.push(text), { durable: "desk" });
    await monitor.bus.publish(letter, { text: "before" });
    await vi.waitFor(() => expect(received).toContain("before"));
    await fixture.brokers.nats.kill();
    await vi.waitFor(() => expect(monitor.bus.connected).toBe(false));
    const published = monitor.bus.publish(letter, { text: "meanwhile" });
    await sleep(100);
    await fixture.brokers.nats.restart();
    await published;
    await monitor.bus.publish(letter, { text: "after" });
    await vi.waitFor(
      () => expect(received.toSorted()).toEqual(expect.arrayContaining(["after", "before", "meanwhile"])),
      15_000,
    );
    expect((await fixture.stored("DESK")).filter((stored) => stored.string().includes("meanwhile"))).toHaveLength(1);
  });
});
