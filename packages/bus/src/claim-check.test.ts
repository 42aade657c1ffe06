import type { Msg, MsgHdrsImpl, Subscription } from "nats";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ok } from "./handler-reply.ts";
import { deviceSeen, letter, readTicket } from "./testing/contracts.ts";
import { type Fixture, type OpenBus, startFixture } from "./testing/fixture.ts";

const MAX_PAYLOAD = 1_048_576;
const MEGABYTE = 1_000_000;
const CLAIM = /^\{"is_stored":true,"token":"[0-9A-Za-z]{22}"\}$/;

let fixture: Fixture;
let bridge: OpenBus;
let monitor: OpenBus;
beforeAll(async () => {
  fixture = await startFixture();
  bridge = await fixture.open("desk-bridge");
  monitor = await fixture.open("desk-monitor");
  await bridge.bus.serve(readTicket, async (body) => ok(body));
});
afterAll(() => fixture.stop());

describe("sizes", () => {
  test.each([
    ["small", 1000],
    ["1 MB", MEGABYTE],
    ["1 MiB and more", MAX_PAYLOAD],
    ["8 MB", 8 * MEGABYTE],
    ["64 MB", 64 * MEGABYTE],
  ])("%s travels there and back", async (_name, size) => {
    const note = "é".repeat(size / 2);
    const reply = await monitor.bus.request(readTicket, { ticket_id: 1, note }, { timeoutMs: 30_000 });
    // Comparing so much text by `toEqual` takes longer than sending it.
    expect(reply.ok && reply.body.note === note).toBe(true);
  });

  test("a request goes directly as long as headers and payload fit, and by claim from the next byte on", async () => {
    const ask = (length: number) =>
      tapped(readTicket.subject, () => monitor.bus.request(readTicket, { ticket_id: 1, note: "x".repeat(length) }));
    const [empty] = await ask(0);
    const room = MAX_PAYLOAD - (empty === undefined ? 0 : sizeOf(empty));
    const [atLimit] = await ask(room);
    const [oneOver] = await ask(room + 1);
    expect(atLimit && sizeOf(atLimit)).toBe(MAX_PAYLOAD);
    expect(oneOver?.string()).toMatch(CLAIM);
  });

  test.each([
    ["exactly at the limit", MAX_PAYLOAD, false],
    ["one byte over", MAX_PAYLOAD + 1, true],
  ])("a reply %s", async (_name, size, isClaim) => {
    const frame = '{"request_id":"r1","body":{"ticket_id":1,"note":""},"status":200}'.length;
    const subject = `desk.sized.${size}`;
    const note = "x".repeat(size - frame);
    await bridge.bus.serve({ ...readTicket, subject }, async () => ok({ ticket_id: 1, note }));
    const reply = await fixture.bare.request(subject, '{"request_id":"r1","body":{"ticket_id":1}}');
    expect(CLAIM.test(reply.string())).toBe(isClaim);
    expect(reply.data.length).toBe(isClaim ? 51 : size);
  });

  test("the server's own limit counts", async () => {
    const small = await startFixture({ maxPayload: 4096 });
    try {
      const [one, other] = [await small.open("a"), await small.open("b")];
      await one.bus.serve(readTicket, async (body) => ok(body));
      const note = "x".repeat(5000);
      expect(await other.bus.request(readTicket, { ticket_id: 1, note })).toMatchObject({
        status: 200,
        body: { note },
      });
      expect(await other.metric("bus_claim_check_bytes_total", { direction: "out" })).toBeGreaterThan(5000);
    } finally {
      await small.stop();
    }
  });
});

describe("with peers of the existing fleet", () => {
  test.each(['{"token":"%s","is_stored":true}', '{"is_stored": true, "token": "%s"}'])(
    "a request as %s",
    async (claim) => {
      await fixture.redis.set("vytxeTZskVKR7C7WgdSP3d", '{"request_id": "r1", "body": {"ticket_id": 7}}', "EX", 300);
      const reply = await fixture.bare.request(readTicket.subject, claim.replace("%s", "vytxeTZskVKR7C7WgdSP3d"));
      expect(reply.json()).toEqual({ request_id: "r1", body: { ticket_id: 7 }, status: 200 });
    },
  );

  test.each(['{"token":"%s","is_stored":true}', '{"is_stored": true, "token": "%s"}'])(
    "a reply as %s",
    async (claim) => {
      const subject = "desk.old.claims";
      await fixture.redis.set("vytxeTZskVKR7C7WgdSP3d", '{"body": {"ticket_id": 7}, "status": 200}', "EX", 300);
      const replier = await answering(subject, claim.replace("%s", "vytxeTZskVKR7C7WgdSP3d"));
      const reply = await monitor.bus.request({ ...readTicket, subject }, { ticket_id: 7 });
      expect(reply).toEqual({ ok: true, status: 200, body: { ticket_id: 7 } });
      replier.unsubscribe();
    },
  );

  test("what is parked lies under the bare token for 300 s, as the whole payload", async () => {
    const [message] = await tapped("desk.parked", async () => {
      void monitor.bus.request(
        { ...readTicket, subject: "desk.parked" },
        { ticket_id: 1, note: "x".repeat(MEGABYTE * 2) },
      );
    });
    const { token } = message?.json<{ token: string }>() ?? { token: "" };
    const parked = JSON.parse((await fixture.redis.get(token)) ?? "null");
    expect(parked).toEqual({ request_id: expect.any(String), body: { ticket_id: 1, note: "x".repeat(MEGABYTE * 2) } });
    expect(await fixture.redis.ttl(token)).toBeGreaterThan(295);
    expect(await fixture.redis.ttl(token)).toBeLessThanOrEqual(300);
  });

  test("a key of another kind cannot be reached by a claim, nor be deleted", async () => {
    await fixture.redis.set("test-next_refresh_date", "11/21/2026, 09:00:00");
    const reply = await fixture.bare.request(readTicket.subject, '{"is_stored":true,"token":"test-next_refresh_date"}');
    expect(reply.json()).toMatchObject({ status: 410 });
    expect(await fixture.redis.exists("test-next_refresh_date")).toBe(1);
  });

  test("what had one reader is deleted after it", async () => {
    await monitor.bus.request(readTicket, { ticket_id: 1, note: "x".repeat(2 * MEGABYTE) });
    const keys = (await fixture.redis.keys("*")).filter((key) => /^[0-9A-Za-z]{22}$/.test(key));
    for (const key of keys) expect(await fixture.redis.strlen(key)).not.toBe(2 * MEGABYTE);
  });
});

describe("publishing", () => {
  test("a message without a stream is parked for every reader", async () => {
    const received: string[] = [];
    await bridge.bus.consume(deviceSeen, async ({ serial }) => void received.push(serial), { durable: "desk" });
    const serial = "x".repeat(2 * MEGABYTE);
    const [message] = await tapped(deviceSeen.subject, () => monitor.bus.publish(deviceSeen, { serial }));
    await vi.waitFor(() => expect(received).toHaveLength(1));
    expect(received[0] === serial).toBe(true);
    const { token } = message?.json<{ token: string }>() ?? { token: "" };
    expect(await fixture.redis.ttl(token)).toBeGreaterThan(200);
  });

  test("a message that a stream keeps is parked for as long as the stream keeps it", async () => {
    const received: string[] = [];
    const [message] = await tapped(letter.subject, () =>
      monitor.bus.publish(letter, { text: "x".repeat(2 * MEGABYTE) }),
    );
    await bridge.bus.consume(letter, async ({ text }) => void received.push(text), { durable: "desk" });
    await vi.waitFor(() => expect(received).toHaveLength(1));
    expect(received[0]).toHaveLength(2 * MEGABYTE);
    const { token } = message?.json<{ token: string }>() ?? { token: "" };
    expect(await fixture.redis.ttl(token)).toBeGreaterThan(6.9 * 24 * 3600);
  });
});

/** Headers and payload as the server counts them. */
function sizeOf(message: Msg): number {
  return message.data.length + (message.headers as MsgHdrsImpl).encode().length;
}

/** What is published to a subject meanwhile. */
async function tapped(subject: string, work: () => Promise<unknown>): Promise<Msg[]> {
  const messages: Msg[] = [];
  const tap = fixture.bare.subscribe(subject, { callback: (_error, message) => void messages.push(message) });
  await fixture.bare.flush();
  await work();
  await vi.waitFor(() => expect(messages.length).toBeGreaterThan(0));
  await fixture.bare.flush();
  tap.unsubscribe();
  return messages;
}

async function answering(subject: string, payload: string): Promise<Subscription> {
  const replier = fixture.bare.subscribe(subject, { callback: (_error, message) => void message.respond(payload) });
  await fixture.bare.flush();
  return replier;
}
