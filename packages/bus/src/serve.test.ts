import { setTimeout as sleep } from "node:timers/promises";
import { headers } from "nats";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { ok, refuse } from "./handler-reply.ts";
import { readTicket } from "./testing/contracts.ts";
import { type Fixture, type OpenBus, startFixture } from "./testing/fixture.ts";
import type { Handler, RequestContext, ServeOptions } from "./types.ts";
import { wireHeader } from "./wire-headers.ts";

let fixture: Fixture;
let bridge: OpenBus;
let subjects = 0;
beforeAll(async () => {
  fixture = await startFixture();
  bridge = await fixture.open("desk-bridge");
});
afterAll(() => fixture.stop());

/** Serves a subject of its own and returns a way to ask it with a bare client. */
async function serve(handler: Handler<typeof readTicket>, options?: ServeOptions<typeof readTicket>) {
  subjects += 1;
  const subject = `desk.serve.${subjects}`;
  await bridge.bus.serve({ ...readTicket, subject }, handler, options);
  const ask = async (body: unknown = { ticket_id: 1 }, header: Record<string, string> = {}, timeout = 3000) => {
    const hdrs = headers();
    for (const [name, text] of Object.entries(header)) hdrs.set(name, text);
    const payload = JSON.stringify({ request_id: "r1", body });
    const reply = await fixture.bare.request(subject, payload, { timeout, headers: hdrs });
    return reply.json<{ status: number; body: unknown }>();
  };
  return { subject, ask };
}

describe("always a reply", () => {
  test.each<[string, Handler<typeof readTicket>]>([
    ["a handler that throws", () => Promise.reject(new Error("secret: password=1234"))],
    [
      "a handler that throws before its first await",
      () => {
        throw new Error("secret: password=1234");
      },
    ],
    ["a handler that throws what is no error", () => Promise.reject("secret: password=1234")],
    ["a handler whose status is a text", async () => ({ status: "200", body: {} }) as never],
    ["a handler whose status is no integer", async () => ({ status: 200.5, body: {} })],
    ["a handler whose status is NaN", async () => ({ status: Number.NaN, body: {} })],
    ["a handler that answers nothing", async () => undefined as never],
    [
      "a handler whose body has a cycle",
      async () => {
        const body: Record<string, unknown> = {};
        body.self = body;
        return ok(body);
      },
    ],
    ["a handler whose body has a bigint", async () => ok({ n: 1n })],
  ])("%s: 500 with an id that the log knows, and nothing else", async (_name, handler) => {
    const { ask } = await serve(handler);
    const reply = await ask();
    const { id } = reply.body as { id: string };
    expect(reply).toEqual({ request_id: "r1", status: 500, body: { error: "internal error", id } });
    expect(bridge.lines.find((line) => line.error_id === id)).toMatchObject({ level: 50, request_id: "r1", err: {} });
  });

  test("what a handler answers arrives as it is, whatever its status", async () => {
    const { ask } = await serve(async () => refuse(409, { ticket: 4711 }));
    expect(await ask()).toEqual({ request_id: "r1", status: 409, body: { ticket: 4711 } });
  });

  test("an undefined body is null", async () => {
    const { ask } = await serve(async () => ok(undefined));
    expect(await ask()).toEqual({ request_id: "r1", status: 200, body: null });
  });

  test("a request without an inbox is handled, and nothing breaks", async () => {
    const seen: unknown[] = [];
    const { subject, ask } = await serve(async (body) => {
      seen.push(body);
      return ok(null);
    });
    fixture.bare.publish(subject, '{"body":{"ticket_id":8}}');
    fixture.bare.publish(subject, "no json");
    await ask();
    expect(seen).toEqual([{ ticket_id: 8 }, { ticket_id: 1 }]);
  });

  test("random bytes and shapes are answered with an integer status", async () => {
    const { subject } = await serve(async (body) => ok(body));
    const bytes = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 7919 + length * 104729) % 256);
    const payloads = Array.from({ length: 300 }, (_, index) =>
      index % 2 === 0
        ? bytes(index)
        : Buffer.concat([Buffer.from('{"body":{"ticket_id":1,"x":"'), bytes(index % 40), Buffer.from('"}}')]),
    );
    const replies = await Promise.all(
      payloads.map((payload) => fixture.bare.request(subject, payload, { timeout: 5000 })),
    );
    for (const reply of replies) expect(Number.isInteger(reply.json<{ status: unknown }>().status)).toBe(true);
  });

  test("a contract's own texts answer a request without body or key", async () => {
    const complaints = { noBody: "no body!", missingKey: 'give "ticket_id"' };
    await bridge.bus.serve({ ...readTicket, subject: "desk.complaints", complaints }, async (body) => ok(body));
    const ask = async (payload: string) => (await fixture.bare.request("desk.complaints", payload)).json();
    expect(await ask("{}")).toMatchObject({ status: 400, body: "no body!" });
    expect(await ask('{"body":{}}')).toMatchObject({ status: 400, body: 'give "ticket_id"' });
    expect(await ask('{"body":{"ticket_id":""}}')).toMatchObject({ status: 400, body: 'give "ticket_id"' });
    expect(await ask('{"body":{"ticket_id":"1"}}')).toMatchObject({
      status: 400,
      body: "body.ticket_id: expected number, received string",
    });
  });

  test("a contract whose body may be anything takes none", async () => {
    await bridge.bus.serve({ ...readTicket, subject: "desk.anything", body: z.unknown() }, async () => ok("pong"));
    const reply = await fixture.bare.request("desk.anything", "{}");
    expect(reply.json()).toMatchObject({ status: 200, body: "pong" });
  });
});

describe("deadlines", () => {
  const inFuture = (ms: number) => ({ [wireHeader.deadline]: String(Date.now() + ms) });

  test("an expired request is dropped and counted, and its handler never runs", async () => {
    let runs = 0;
    const { subject, ask } = await serve(async () => {
      runs += 1;
      return ok(null);
    });
    await expect(ask({ ticket_id: 1 }, inFuture(-1), 100)).rejects.toThrow("TIMEOUT");
    expect(runs).toBe(0);
    expect(await bridge.metric("bus_dropped_total", { subject, reason: "expired" })).toBe(1);
  });

  test("a request that expires while it waits for its turn is dropped", async () => {
    let runs = 0;
    const { subject, ask } = await serve(
      async () => {
        runs += 1;
        await sleep(150);
        return ok(null);
      },
      { concurrency: 1 },
    );
    const first = ask();
    await expect(ask({ ticket_id: 1 }, inFuture(50), 250)).rejects.toThrow("TIMEOUT");
    await first;
    expect(runs).toBe(1);
    expect(await bridge.metric("bus_dropped_total", { subject, reason: "expired" })).toBe(1);
  });

  test("an answer that comes too late is not sent", async () => {
    const { subject, ask } = await serve(async () => {
      await sleep(100);
      return ok(null);
    });
    await expect(ask({ ticket_id: 1 }, inFuture(40), 200)).rejects.toThrow("TIMEOUT");
    expect(await bridge.metric("bus_dropped_total", { subject, reason: "late" })).toBe(1);
  });

  test("the handler's signal fires at the deadline", async () => {
    const { subject, ask } = await serve(async (_body, { signal, deadline }) => {
      await sleep(60_000, undefined, { signal });
      return ok(deadline);
    });
    const startedAt = Date.now();
    await expect(ask({ ticket_id: 1 }, inFuture(50), 150)).rejects.toThrow("TIMEOUT");
    await vi.waitFor(async () =>
      expect(await bridge.metric("bus_dropped_total", { subject, reason: "expired" })).toBe(1),
    );
    expect(Date.now() - startedAt).toBeLessThan(1000);
  });

  test("a request without a deadline gets the contract's", async () => {
    const { ask } = await serve(async (_body, { deadline }) => ok(deadline - Date.now()));
    const { body } = await ask();
    expect(body).toBeGreaterThan(4800);
    expect(body).toBeLessThanOrEqual(5000);
  });
});

describe("concurrency", () => {
  test("at most so many requests of a subject are handled at once, and all are answered", async () => {
    let running = 0;
    let most = 0;
    const { subject, ask } = await serve(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await sleep(5);
        running -= 1;
        return ok(null);
      },
      { concurrency: 4 },
    );
    const replies = Array.from({ length: 50 }, () => ask());
    await vi.waitFor(async () => expect(await bridge.metric("bus_handlers_waiting", { subject })).toBeGreaterThan(0));
    expect(await Promise.all(replies)).toEqual(
      Array.from({ length: 50 }, () => ({ request_id: "r1", status: 200, body: null })),
    );
    expect(most).toBe(4);
    expect(await bridge.metric("bus_handlers_in_flight", { subject })).toBe(0);
  });

  test("when too many wait, the next are refused at once", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { ask } = await serve(
      async () => {
        await held;
        return ok(null);
      },
      { concurrency: 1 },
    );
    const replies = Array.from({ length: 1027 }, () => ask());
    const statuses = replies.map(async (reply) => (await reply).status);
    expect(await Promise.race(statuses)).toBe(503);
    release();
    const all = await Promise.all(statuses);
    expect(all.filter((status) => status === 503)).toHaveLength(2);
    expect(all.filter((status) => status === 200)).toHaveLength(1025);
  });
});

test("the handler knows whose request it handles, and its log lines do too", async () => {
  let context: RequestContext | undefined;
  const { subject, ask } = await serve(async (_body, given) => {
    context = given;
    given.logger.info("at work");
    return ok(null);
  });
  await ask({ ticket_id: 1 }, { [wireHeader.idempotencyKey]: "k1", [wireHeader.traceparent]: TRACEPARENT });
  expect(context).toMatchObject({ requestId: "r1", idempotencyKey: "k1" });
  expect(context?.signal.aborted).toBe(false);
  expect(bridge.lines.find((line) => line.msg === "at work")).toMatchObject({
    subject,
    request_id: "r1",
    trace_id: "0af7651916cd43dd8448eb211c80319c",
  });
});

test("durations are counted by subject and class of status", async () => {
  const { subject, ask } = await serve(async ({ ticket_id: id }) => (id === 1 ? ok(null) : refuse(404, null)));
  await ask({ ticket_id: 1 });
  await ask({ ticket_id: 2 });
  await ask({ ticket_id: "3" });
  const count = (status_class: string) =>
    bridge.metric("bus_handler_duration_seconds_count", { subject, status_class });
  expect([await count("2xx"), await count("4xx"), await count("5xx")]).toEqual([1, 2, 0]);
});

const TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
