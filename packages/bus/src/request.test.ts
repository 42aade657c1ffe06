import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { MissingIdempotencyKeyError } from "./errors.ts";
import { ok } from "./handler-reply.ts";
import { appendNote, readTicket } from "./testing/contracts.ts";
import { type Fixture, type OpenBus, startFixture } from "./testing/fixture.ts";
import type { RequestContext } from "./types.ts";

let fixture: Fixture;
let bridge: OpenBus;
let monitor: OpenBus;
beforeAll(async () => {
  fixture = await startFixture();
  bridge = await fixture.open("desk-bridge");
  monitor = await fixture.open("desk-monitor");
});
afterAll(() => fixture.stop());

const failure = (status: number, body: unknown) => ({ ok: false, status, body, withheld: false });

test("where nobody listens the answer is 503 within milliseconds", async () => {
  await monitor.bus.request({ ...readTicket, subject: "desk.warm" }, { ticket_id: 1 });
  const startedAt = performance.now();
  const reply = await monitor.bus.request(readTicket, { ticket_id: 1 });
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  expect(reply).toEqual(failure(503, "nobody answers this subject"));
});

test("a replier that stays silent: 504 at the deadline, not later", async () => {
  fixture.bare.subscribe("desk.silent");
  await fixture.bare.flush();
  const startedAt = performance.now();
  const reply = await monitor.bus.request(
    { ...readTicket, subject: "desk.silent" },
    { ticket_id: 1 },
    { timeoutMs: 100 },
  );
  const elapsed = performance.now() - startedAt;
  expect(reply).toEqual(failure(504, "no answer in time"));
  expect(elapsed).toBeGreaterThanOrEqual(95);
  expect(elapsed).toBeLessThan(2_500);
  expect(await monitor.metric("bus_requests_in_flight", { subject: "desk.silent" })).toBe(0);
});

test("a caller that gives up gets 499, before or while it waits", async () => {
  const contract = { ...readTicket, subject: "desk.silent" };
  const given = AbortSignal.abort();
  expect(await monitor.bus.request(contract, { ticket_id: 1 }, { signal: given })).toMatchObject({ status: 499 });
  const controller = new AbortController();
  const reply = monitor.bus.request(contract, { ticket_id: 1 }, { signal: controller.signal });
  await vi.waitFor(async () =>
    expect(await monitor.metric("bus_requests_in_flight", { subject: "desk.silent" })).toBe(1),
  );
  controller.abort();
  expect(await reply).toEqual(failure(499, "the caller gave up"));
});

test("a write without a key is a fault of the caller", async () => {
  await expect(monitor.bus.request(appendNote, { ticket_id: 1 })).rejects.toThrow(MissingIdempotencyKeyError);
});

test("what cannot be written as JSON is a fault of the caller", async () => {
  const circular: Record<string, unknown> = { ticket_id: 1 };
  circular.self = circular;
  await expect(monitor.bus.request(readTicket, circular as never)).rejects.toThrow(TypeError);
});

test("deadline, key, id and trace travel in headers", async () => {
  const seen: RequestContext[] = [];
  await bridge.bus.serve(appendNote, async (_body, context) => {
    seen.push(context);
    return ok(null);
  });
  const startedAt = Date.now();
  await monitor.bus.request(
    appendNote,
    { ticket_id: 1 },
    { idempotencyKey: "ticket 1: ü", requestId: "r7", timeoutMs: 20_000 },
  );
  expect(seen).toMatchObject([{ requestId: "r7", idempotencyKey: "ticket 1: ü" }]);
  expect(seen[0]?.deadline).toBeGreaterThanOrEqual(startedAt + 20_000);
  expect(seen[0]?.deadline).toBeLessThan(startedAt + 30_000);
});

test("a line break in a key does not make another header", async () => {
  const headers = new Promise((resolve) => {
    fixture.bare.subscribe("desk.headers", { callback: (_error, message) => resolve([...(message.headers ?? [])]) });
  });
  await fixture.bare.flush();
  const contract = { ...appendNote, subject: "desk.headers" };
  void monitor.bus.request(contract, { ticket_id: 1 }, { idempotencyKey: "a\r\nTrunkline-Deadline: 1", timeoutMs: 50 });
  expect(await headers).toContainEqual(["Trunkline-Idempotency-Key", ["a  Trunkline-Deadline: 1"]]);
});

test("what a handler asks on its way belongs to the same request and trace", async () => {
  const inner = { ...readTicket, subject: "desk.inner" };
  const outer = { ...readTicket, subject: "desk.outer" };
  await bridge.bus.serve(inner, async (body, { logger }) => {
    logger.info("inner");
    return ok(body);
  });
  await bridge.bus.serve(outer, async (body, { logger }) => {
    logger.info("outer");
    await sleep(1);
    await bridge.bus.request(inner, body);
    return ok(body);
  });
  await Promise.all([
    monitor.bus.request(outer, { ticket_id: 1 }, { requestId: "one" }),
    monitor.bus.request(outer, { ticket_id: 2 }, { requestId: "two" }),
  ]);
  const traceOf = (msg: string, id: string) =>
    bridge.lines.find((line) => line.msg === msg && line.request_id === id)?.trace_id;
  expect(traceOf("outer", "one")).toMatch(/^[0-9a-f]{32}$/);
  expect(traceOf("inner", "one")).toBe(traceOf("outer", "one"));
  expect(traceOf("inner", "two")).toBe(traceOf("outer", "two"));
  expect(traceOf("outer", "one")).not.toBe(traceOf("outer", "two"));
});

test("hundreds at once all get their own answer", async () => {
  const echo = { ...readTicket, subject: "desk.echo" };
  await bridge.bus.serve(echo, async (body) => ok(body));
  const ids = Array.from({ length: 500 }, (_, index) => index);
  const replies = await Promise.all(ids.map((id) => monitor.bus.request(echo, { ticket_id: id })));
  expect(replies.map((reply) => reply.ok && reply.body.ticket_id)).toEqual(ids);
  expect(
    await monitor.metric("bus_request_duration_seconds_count", { subject: "desk.echo", status_class: "2xx" }),
  ).toBe(500);
});

test("no payload is logged", async () => {
  const contract = { ...readTicket, subject: "desk.secret" };
  await bridge.bus.serve(contract, async () => {
    throw new Error("failed");
  });
  await monitor.bus.request(contract, { ticket_id: 1, note: "the customer's password" });
  await monitor.bus.request(contract, { ticket_id: "the customer's password" } as never);
  expect(JSON.stringify([...bridge.lines, ...monitor.lines])).not.toContain("password");
});

test("after drain a request is refused, not left waiting", async () => {
  const leaving = await fixture.open("leaving");
  fixture.bare.subscribe("desk.silent");
  const waiting = leaving.bus.request({ ...readTicket, subject: "desk.silent" }, { ticket_id: 1 });
  await leaving.bus.drain();
  expect(await waiting).toEqual(failure(503, "the connection to NATS is closed"));
  expect(await leaving.bus.request(readTicket, { ticket_id: 1 })).toEqual(failure(503, "not connected to NATS"));
});
