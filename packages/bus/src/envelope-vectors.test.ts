import { contractsOf, wireDate } from "@trunkline/contracts";
import { headers as headersOf } from "nats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import claimVectors from "../vectors/claims.json" with { type: "json" };
import vectors from "../vectors/envelope.json" with { type: "json" };
import type { HandlerReply, RequestContext } from "./index.ts";
import { listen, type OpenedBus, startRig, type TestRig } from "./testing/old-peer.ts";

const { request, message } = contractsOf("test-bridge", "test_bridge");
const body = z.looseObject({
  ticket_id: z.int(),
  note: z.string().optional(),
  since: wireDate.optional(),
  loss: z.number().nullish(),
  jitter: z.number().nullish(),
});
const reply = z.looseObject({ state: z.string(), since: wireDate.optional() });
const common = { effect: "read", timeoutSeconds: 5, description: "For vectors." } as const;
/** Served by the bus. */
const served = request({ ...common, subject: "vectors.served", body, reply });
/** Answered by a bare client. */
const asked = request({ ...common, subject: "vectors.asked", body, reply });
const parked = message({ subject: "vectors.parked", effect: "read", description: "For vectors.", body });

const WHOLE = { request_id: "r-parked", body: { ticket_id: 1001 } };
const DONE: HandlerReply = { status: 200, body: { state: "done" } };

let rig: TestRig;
let opened: OpenedBus;
let handled: { body: unknown; context: RequestContext }[] = [];
let answer: HandlerReply = DONE;
let wireReply = "";

beforeAll(async () => {
  rig = await startRig();
  opened = await rig.open();
  await opened.bus.serve(served, async (given, context) => {
    handled.push({ body: given, context });
    return answer;
  });
  rig.peer.subscribe(asked.subject, { callback: (_error, received) => void received.respond(wireReply) });
  await rig.peer.flush();
});
afterAll(() => rig.stop());

/** What an old peer hears when it sends these bytes. */
async function sendBare(wire: string): Promise<{ text: string; json: Record<string, unknown> }> {
  handled = [];
  const received = await rig.peer.request(served.subject, wire, { timeout: 5_000 });
  expect(received.headers, "old peers copy headers; there are none to copy").toBeUndefined();
  return { text: received.string(), json: received.json() };
}

function ask(sentBody: z.input<typeof body> = { ticket_id: 1001 }, requestId = "r-1") {
  return opened.bus.request(asked, sentBody, { requestId });
}

/** Dates as their texts. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe("what peers of any make send is understood", () => {
  it.each(vectors.requests)("request: $name", async ({ wire, requestId, handled: expected }) => {
    answer = DONE;
    const { json } = await sendBare(wire);
    expect(json).toMatchObject({ status: 200, body: { state: "done" } });
    expect(handled.map((each) => plain(each.body))).toEqual([expected]);
    expect(handled[0]?.context.requestId).toBe(String(json.request_id));
    if (requestId === null) expect(json.request_id).toMatch(/^[0-9A-Za-z]{22}$/);
    else expect(json.request_id).toBe(requestId);
  });

  it.each(vectors.replies)("reply: $name", async ({ wire, reply: expected }) => {
    wireReply = wire;
    const given = await ask();
    expect(plain(given)).toMatchObject(expected);
    expect(given.ok).toBe(expected.ok);
  });

  it("without headers the deadline is the contract's, and nothing is known of a key", async () => {
    const before = Date.now();
    await sendBare('{"body":{"ticket_id":1}}');
    const [{ context } = { context: undefined }] = handled;
    expect(context?.idempotencyKey).toBeUndefined();
    expect(context?.deadline).toBeGreaterThanOrEqual(before + served.timeoutMs);
    expect(context?.deadline).toBeLessThanOrEqual(Date.now() + served.timeoutMs);
  });

  it("a deadline that is none counts as missing", async () => {
    const headers = headersOf();
    headers.set("Trunkline-Deadline", "soon");
    const received = await rig.peer.request(served.subject, '{"body":{"ticket_id":1}}', { timeout: 5_000, headers });
    expect(received.json()).toMatchObject({ status: 200 });
  });
});

describe("what is sent, byte for byte", () => {
  it.each(vectors.sentRequests)("request: $name", async ({ requestId, body: sent, wire }) => {
    wireReply = '{"body":{"state":"done"},"status":200}';
    const heard = await listen(rig.peer, asked.subject);
    await ask(sent, requestId);
    expect((await heard.message).string()).toBe(wire);
  });

  it.each(vectors.sentReplies)("reply: $name", async ({ request: wireRequest, reply: given, wire }) => {
    answer = given as HandlerReply;
    const { text } = await sendBare(wireRequest);
    expect(text).toBe(wire);
  });

  it("numbers that JSON has no word for go as null, dates as ISO 8601", async () => {
    answer = { status: 200, body: { state: "x", loss: Number.NaN, top: Infinity, at: new Date(0) } };
    const { text } = await sendBare('{"request_id":"r","body":{"ticket_id":1}}');
    expect(text).toBe(
      '{"request_id":"r","body":{"state":"x","loss":null,"top":null,"at":"1970-01-01T00:00:00.000Z"},"status":200}',
    );
  });

  it("what only new peers know travels in headers", async () => {
    wireReply = '{"body":{"state":"done"},"status":200}';
    const heard = await listen(rig.peer, asked.subject);
    const before = Date.now();
    await opened.bus.request(asked, { ticket_id: 1 }, { requestId: "r-1", idempotencyKey: "k-1", timeoutMs: 3_000 });
    const { headers } = await heard.message;
    expect(headers?.get("Trunkline-Request-Id")).toBe("r-1");
    expect(headers?.get("Trunkline-Idempotency-Key")).toBe("k-1");
    expect(headers?.get("traceparent")).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/);
    const deadline = Number(headers?.get("Trunkline-Deadline"));
    expect(deadline).toBeGreaterThanOrEqual(before + 3_000);
    expect(deadline).toBeLessThanOrEqual(Date.now() + 3_000);
  });

  it("a header is one line, whatever is in it", async () => {
    wireReply = '{"body":{"state":"done"},"status":200}';
    const heard = await listen(rig.peer, asked.subject);
    await opened.bus.request(asked, { ticket_id: 1 }, { requestId: "r-1\r\nInjected: 1", idempotencyKey: "名前" });
    const { headers } = await heard.message;
    expect(headers?.has("Injected")).toBe(false);
    expect(headers?.get("Trunkline-Request-Id")).toContain("Injected: 1");
  });
});

describe("claims of any make", () => {
  it.each(claimVectors.claims)("request: $name", async ({ token, wire }) => {
    answer = DONE;
    await rig.redis.set(token, JSON.stringify(WHOLE), "EX", 300);
    const { json } = await sendBare(wire);
    expect(json).toMatchObject({ status: 200, request_id: "r-parked" });
    expect(handled.map((each) => each.body)).toEqual([WHOLE.body]);
    // Its only reader has read it.
    await expect.poll(() => rig.redis.exists(token)).toBe(0);
  });

  it.each(claimVectors.claims)("reply: $name", async ({ token, wire }) => {
    wireReply = wire;
    await rig.redis.set(token, '{"body": {"state": "parked", "loss": NaN}, "status": 202}', "EX", 300);
    expect(await ask()).toEqual({ ok: true, status: 202, body: { state: "parked", loss: null } });
    await expect.poll(() => rig.redis.exists(token)).toBe(0);
  });

  it.each(claimVectors.claims)("message: $name", async ({ token, wire }) => {
    const consumer = await rig.open();
    const heard = Promise.withResolvers<unknown>();
    await consumer.bus.consume(parked, async (given) => heard.resolve(given), { durable: "vectors" });
    await rig.redis.set(token, JSON.stringify(WHOLE), "EX", 300);
    rig.peer.publish(parked.subject, wire);
    expect(await heard.promise).toEqual(WHOLE.body);
    expect(await rig.redis.exists(token), "another group may want it too").toBe(1);
    await consumer.bus.drain();
  });

  it.each(claimVectors.notClaims)("no claim: $name", async ({ wire }) => {
    const { json } = await sendBare(wire);
    expect(json).toMatchObject({ status: 400 });
    wireReply = wire;
    expect(await ask()).toMatchObject({ ok: false, status: 502 });
  });

  it.each(claimVectors.gone)("gone: $name", async ({ wire }) => {
    const { json } = await sendBare(wire);
    expect(json).toMatchObject({ status: 410, body: "the parked payload is gone" });
    expect(handled).toEqual([]);
    wireReply = wire;
    expect(await ask()).toEqual({ ok: false, status: 410, body: "the parked payload is gone", withheld: false });
  });

  it("a token reaches no other key of this Redis", async () => {
    await rig.redis.set("production-locks-outage", JSON.stringify(WHOLE), "EX", 60);
    const { json } = await sendBare('{"is_stored":true,"token":"production-locks-outage"}');
    expect(json).toMatchObject({ status: 410 });
    expect(await rig.redis.exists("production-locks-outage")).toBe(1);
  });

  it("parked bytes that are no envelope are a complaint, not a crash", async () => {
    for (const [value, status] of [
      ["{]", 400],
      ["[1]", 400],
      ["null", 400],
      ['{"body":{"ticket_id":1}}', 200],
    ] as const) {
      await rig.redis.set("vytxeTZskVKR7C7WgdSP3d", value, "EX", 300);
      const { json } = await sendBare('{"is_stored":true,"token":"vytxeTZskVKR7C7WgdSP3d"}');
      expect(json, value).toMatchObject({ status });
    }
  });

  it("a claim that leads to a claim is not followed", async () => {
    await rig.redis.set("vytxeTZskVKR7C7WgdSP3d", '{"is_stored":true,"token":"vytxeTZskVKR7C7WgdSP3d"}', "EX", 300);
    const { json } = await sendBare('{"is_stored":true,"token":"vytxeTZskVKR7C7WgdSP3d"}');
    expect(json).toMatchObject({ status: 400 });
  });
});
