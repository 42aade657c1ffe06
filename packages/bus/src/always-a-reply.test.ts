import { setTimeout as sleep } from "node:timers/promises";
import { contractsOf, type RequestContract } from "@trunkline/contracts";
import { headers as headersOf, type Msg } from "nats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Handler } from "./index.ts";
import { ok } from "./index.ts";
import { durationOf, listen, type OpenedBus, startRig, type TestRig, unlessSilent } from "./testing/old-peer.ts";

const { request, message } = contractsOf("test-bridge", "test_bridge");
const common = { effect: "read", timeoutSeconds: 5, description: "For careless peers." } as const;
const reply = z.unknown();
const body = z.object({
  ticket_id: z.int(),
  client: z.object({ name: z.string() }).optional(),
  tags: z.array(z.string()).optional(),
});

let rig: TestRig;
let opened: OpenedBus;
let count = 0;

beforeAll(async () => {
  rig = await startRig();
  opened = await rig.open();
});
afterAll(() => rig.stop());

/** A served subject of the test's own. */
async function serve(
  handler: Handler<RequestContract>,
  options: Partial<RequestContract> & { concurrency?: number } = {},
) {
  const { concurrency, ...changes } = options;
  const contract = {
    ...request({ ...common, subject: `careless.${++count}`, body: body as z.ZodType, reply }),
    ...changes,
  };
  await opened.bus.serve(contract, handler, concurrency === undefined ? {} : { concurrency });
  return contract;
}

async function sendBare({ subject }: RequestContract, wire: string | Uint8Array): Promise<Record<string, unknown>> {
  return (await rig.peer.request(subject, wire, { timeout: 3_000 })).json();
}

const lastOf = (wanted: Readonly<Record<string, unknown>>) =>
  opened.log.findLast((line) => Object.entries(wanted).every(([key, value]) => line[key] === value));

describe("what cannot be handled as it came", () => {
  let contract: RequestContract;
  let calls = 0;
  beforeAll(async () => {
    contract = await serve(async () => {
      calls += 1;
      return ok("handled");
    });
  });

  it.each([
    ["", "the request is not JSON"],
    ["{", "the request is not JSON"],
    ["{'body': 1}", "the request is not JSON"],
    ["_NATS_TMP 6d1d1b0c-8a52-4e1c-9f0e-3f6a0e1b2c3d", "the request is not JSON"],
    ["\uFEFF{}", "the request is not JSON"],
    ["[]", "expected a JSON object, received an array"],
    ["null", "expected a JSON object, received null"],
    ["NaN", "expected a JSON object, received null"],
    ["42", "expected a JSON object, received a number"],
    ['"text"', "expected a JSON object, received a string"],
    ["true", "expected a JSON object, received a boolean"],
    ["{}", 'Must include "body" in request'],
    ['{"body":null}', 'Must include "body" in request'],
    ['{"request_id":"r","ticket_id":1}', 'Must include "body" in request'],
    ['{"body":[]}', "body: expected object, received array"],
    ['{"body":"x"}', "body: expected object, received string"],
    ['{"body":{}}', "body.ticket_id: expected number, received undefined"],
    ['{"body":{"ticket_id":"1"}}', "body.ticket_id: expected number, received string"],
    ['{"body":{"ticket_id":NaN}}', "body.ticket_id: expected number, received null"],
    ['{"body":{"ticket_id":1.5}}', /^body\.ticket_id: /],
    ['{"body":{"ticket_id":1,"client":{"name":7}}}', "body.client.name: expected string, received number"],
    ['{"body":{"ticket_id":1,"tags":["a",2]}}', "body.tags.1: expected string, received number"],
  ])("%j is answered with 400 and why", async (wire, complaint) => {
    const before = calls;
    const answer = await sendBare(contract, wire);
    expect(answer).toMatchObject({ status: 400, request_id: expect.stringMatching(/./) });
    if (typeof complaint === "string") expect(answer.body).toBe(complaint);
    else expect(answer.body).toMatch(complaint);
    expect(calls).toBe(before);
  });

  it("bytes that are no UTF-8 are answered", async () => {
    expect(await sendBare(contract, Uint8Array.of(0xff, 0xfe, 0x00, 0x80))).toMatchObject({ status: 400 });
  });

  it("what is deeper than any stack is answered", async () => {
    const depth = 100_000;
    expect((await sendBare(contract, "[".repeat(depth) + "]".repeat(depth))).status).toBe(400);
  });

  it("a request id comes back with the complaint", async () => {
    expect(await sendBare(contract, '{"request_id":"r-7","body":{}}')).toMatchObject({
      request_id: "r-7",
      status: 400,
    });
  });
});

describe("texts that existing requesters know", () => {
  const known = z.object({ host: z.string().min(1), id: z.int(), site: z.string().nullish() });
  const complaints = {
    noBody: "Must include body",
    missingKey: "You must specify {..host, id..} in the body",
    missingKeys: { id: "You must specify id" },
    nullKey: "null is not allowed",
  };

  it.each([
    [complaints, "{}", complaints.noBody],
    [complaints, '{"body":null}', complaints.noBody],
    [complaints, '{"body":{"id":1}}', complaints.missingKey],
    [complaints, '{"body":{"host":"","id":1}}', complaints.missingKey],
    [complaints, '{"body":{"host":"a"}}', complaints.missingKeys.id],
    [complaints, '{"body":{"host":null,"id":1}}', complaints.nullKey],
    [complaints, '{"body":{"host":5,"id":1}}', "body.host: expected string, received number"],
    [{ missingKey: complaints.missingKey }, '{"body":{"host":null,"id":1}}', complaints.missingKey],
    [{ missingKey: complaints.missingKey }, "{}", 'Must include "body" in request'],
    [{ noBody: complaints.noBody }, '{"body":{"id":1}}', "body.host: expected string, received undefined"],
  ])("%j: %s", async (texts, wire, complaint) => {
    const contract = await serve(async () => ok("handled"), { body: known, complaints: texts });
    expect(await sendBare(contract, wire)).toMatchObject({ status: 400, body: complaint });
  });
});

describe("a handler that fails", () => {
  const secret = "password=hunter2";
  const failures: Record<string, () => unknown> = {
    "rejects with an error": () => Promise.reject(new Error(secret)),
    "rejects with a text": () => Promise.reject(secret),
    "rejects with nothing": () => Promise.reject(),
    "throws before it has begun": () => {
      throw new Error(secret);
    },
    "returns nothing": async () => undefined,
    "returns null": async () => null,
    "returns a text as status": async () => ({ status: "200", body: secret }),
    "returns a fraction as status": async () => ({ status: 200.5, body: secret }),
    "returns NaN as status": async () => ({ status: Number.NaN, body: secret }),
    "returns no status": async () => ({ body: secret }),
    "returns what JSON cannot say": async () => ok({ secret, big: 1n }),
    "returns what contains itself": async () => ok(selfContaining()),
  };

  it.each(Object.entries(failures))("that %s is a 500 with an id and nothing else", async (_name, handler) => {
    const contract = await serve(handler as Handler<RequestContract>);
    const answer = await sendBare(contract, '{"request_id":"r-9","body":{"ticket_id":1}}');
    expect(answer).toEqual({
      request_id: "r-9",
      status: 500,
      body: { error: "internal error", id: expect.stringMatching(/^[0-9A-Za-z]{22}$/) },
    });
    const { id } = answer.body as { id: string };
    expect(lastOf({ error_id: id })).toMatchObject({ level: 50, request_id: "r-9", subject: contract.subject });
  });

  it("is found in the log by that id, with what was thrown", async () => {
    const contract = await serve(() => Promise.reject(new Error(secret)));
    const answer = await opened.bus.request(contract, { ticket_id: 1 });
    expect(answer).toMatchObject({ ok: false, status: 500, withheld: false });
    const { id } = answer.body as { id: string };
    expect(lastOf({ error_id: id })).toMatchObject({ err: { message: secret, stack: expect.any(String) } });
  });

  it("does not keep the next request from being handled", async () => {
    let calls = 0;
    const contract = await serve(
      () => (++calls === 1 ? Promise.reject(new Error("once")) : Promise.resolve(ok("fine"))),
      {
        concurrency: 1,
      },
    );
    expect(await opened.bus.request(contract, { ticket_id: 1 })).toMatchObject({ status: 500 });
    expect(await opened.bus.request(contract, { ticket_id: 1 })).toEqual({ ok: true, status: 200, body: "fine" });
  });
});

describe("time", () => {
  it("nobody answers: 503 in milliseconds", async () => {
    const nobody = request({ ...common, subject: "careless.nobody", body, reply });
    // The quickest of a few: the machine may be busy with something else.
    let quickest = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < 5; attempt++) {
      quickest = Math.min(quickest, await durationOf(opened.bus.request(nobody, { ticket_id: 1 })));
    }
    expect(quickest).toBeLessThan(100);
    const answer = await opened.bus.request(nobody, { ticket_id: 1 });
    expect(answer).toEqual({ ok: false, status: 503, body: "nobody answers this subject", withheld: false });
  });

  it("the deadline: 504, the handler's signal fires, the late answer is counted and not sent", async () => {
    const gate = Promise.withResolvers<void>();
    const aborted = Promise.withResolvers<void>();
    const contract = await serve(async (_body, { signal }) => {
      signal.addEventListener("abort", () => aborted.resolve());
      await gate.promise;
      return ok("late");
    });
    const heard: Msg[] = [];
    const inboxes = rig.peer.subscribe("_INBOX.test-bridge.>", { callback: (_error, each) => void heard.push(each) });
    await rig.peer.flush();
    const startedAt = performance.now();
    const answer = await opened.bus.request(contract, { ticket_id: 1 }, { timeoutMs: 150 });
    const elapsed = performance.now() - startedAt;
    expect(elapsed).toBeGreaterThan(140);
    expect(elapsed).toBeLessThan(4_000);
    expect(answer).toEqual({ ok: false, status: 504, body: "no answer in time", withheld: false });
    await aborted.promise;
    gate.resolve();
    const late = () => opened.metric("bus_dropped_total", { subject: contract.subject, reason: "late" });
    await expect.poll(late).toBe(1);
    await rig.peer.flush();
    expect(heard).toEqual([]);
    inboxes.unsubscribe();
  });

  it.each([
    ["its handler's own words", "gave up", async () => ({ status: 504, body: "gave up" })],
    ["504", "no answer in time", () => Promise.reject(new Error("aborted"))],
  ])("an old peer whose request takes too long hears so while it still listens: %s", async (_name, said, end) => {
    const contract = await serve(
      async (_body, { signal }) => {
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        return end();
      },
      { timeoutMs: 3_000 },
    );
    const answer = rig.peer.request(contract.subject, '{"request_id":"r","body":{"ticket_id":1}}', { timeout: 3_000 });
    expect((await answer).json()).toEqual({ request_id: "r", status: 504, body: said });
  });

  it("an answer that comes after its request has ended belongs to no other request", async () => {
    const asked = request({ ...common, subject: "careless.late-peer", body, reply });
    const first = await listen(rig.peer, asked.subject);
    expect(await opened.bus.request(asked, { ticket_id: 1 }, { timeoutMs: 50 })).toMatchObject({ status: 504 });
    const second = await listen(rig.peer, asked.subject);
    const answer = opened.bus.request(asked, { ticket_id: 2 });
    (await first.message).respond('{"body":"to the first","status":200}');
    const again = await second.message;
    await rig.peer.flush();
    again.respond('{"body":"to the second","status":200}');
    again.respond('{"body":"once more","status":200}');
    expect(await answer).toMatchObject({ body: "to the second" });
  });

  it("a request that nobody waits for any more is dropped and counted, not handled", async () => {
    let calls = 0;
    const contract = await serve(async () => {
      calls += 1;
      return ok(calls);
    });
    const inbox = await listen(rig.peer, "careless.inbox");
    const headers = headersOf();
    headers.set("Trunkline-Deadline", String(Date.now() - 1));
    rig.peer.publish(contract.subject, '{"body":{"ticket_id":1}}', { reply: "careless.inbox", headers });
    const expired = () => opened.metric("bus_dropped_total", { subject: contract.subject, reason: "expired" });
    await expect.poll(expired).toBe(1);
    expect(await unlessSilent(inbox.message, 50)).toBe("nothing");
    expect(await opened.bus.request(contract, { ticket_id: 1 })).toMatchObject({ ok: true, body: 1 });
  });

  it("a request that expired while it waited for its turn is dropped, too", async () => {
    const gate = Promise.withResolvers<void>();
    let calls = 0;
    const contract = await serve(
      async () => {
        calls += 1;
        await gate.promise;
        return ok("done");
      },
      { concurrency: 1 },
    );
    const first = opened.bus.request(contract, { ticket_id: 1 });
    expect(await opened.bus.request(contract, { ticket_id: 2 }, { timeoutMs: 50 })).toMatchObject({ status: 504 });
    gate.resolve();
    expect(await first).toMatchObject({ ok: true });
    const expired = () => opened.metric("bus_dropped_total", { subject: contract.subject, reason: "expired" });
    await expect.poll(expired).toBe(1);
    expect(calls).toBe(1);
  });

  it("a caller that gives up is told so at once", async () => {
    const gate = Promise.withResolvers<void>();
    const contract = await serve(() => gate.promise.then(() => ok("done")));
    const controller = new AbortController();
    const answer = opened.bus.request(contract, { ticket_id: 1 }, { signal: controller.signal });
    controller.abort();
    expect(await answer).toMatchObject({ ok: false, status: 499 });
    const tooLate = opened.bus.request(contract, { ticket_id: 1 }, { signal: controller.signal });
    expect(await tooLate).toMatchObject({ ok: false, status: 499 });
    gate.resolve();
  });
});

describe("many at once", () => {
  it("no more are in hand than allowed, and all are answered", async () => {
    let running = 0;
    let most = 0;
    const contract = await serve(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await sleep(2);
        running -= 1;
        return ok("done");
      },
      { concurrency: 3 },
    );
    const answers = await Promise.all(Array.from({ length: 60 }, () => opened.bus.request(contract, { ticket_id: 1 })));
    expect(answers.every(({ ok: isOk }) => isOk)).toBe(true);
    expect(most).toBe(3);
  });

  it("more than can wait are refused at once, the others answered in order", async () => {
    const gate = Promise.withResolvers<void>();
    const order: unknown[] = [];
    const contract = await serve(
      async (given) => {
        await gate.promise;
        order.push((given as z.output<typeof body>).ticket_id);
        return ok("done");
      },
      { concurrency: 1 },
    );
    const total = 1_100;
    const statuses: number[] = [];
    const answers = Array.from({ length: total }, (_, index) =>
      opened.bus.request(contract, { ticket_id: index }).then((answer) => void statuses.push(answer.status)),
    );
    await expect.poll(() => statuses.length, { interval: 10 }).toBeGreaterThan(0);
    await opened.bus.request(contract, { ticket_id: total });
    expect(new Set(statuses)).toEqual(new Set([503]));
    const refused = statuses.length;
    gate.resolve();
    await Promise.all(answers);
    expect(statuses.filter((status) => status === 200)).toHaveLength(total - refused);
    expect(order).toEqual(Array.from({ length: total - refused }, (_, index) => index));
    expect(await opened.bus.request(contract, { ticket_id: 1 })).toMatchObject({ ok: true });
  });

  it("a slow subject does not hold up another", async () => {
    const gate = Promise.withResolvers<void>();
    const slow = await serve(() => gate.promise.then(() => ok("slow")), { concurrency: 1 });
    const quick = await serve(async () => ok("quick"));
    const pending = opened.bus.request(slow, { ticket_id: 1 });
    expect(await opened.bus.request(quick, { ticket_id: 1 })).toMatchObject({ body: "quick" });
    gate.resolve();
    expect(await pending).toMatchObject({ body: "slow" });
  });
});

describe("hostile peers", () => {
  it("a request without an inbox is handled, and harms nobody", async () => {
    const seen: unknown[] = [];
    const contract = await serve(async (given) => {
      seen.push(given);
      return ok("done");
    });
    for (const wire of ["", "{", "[]", '{"body":{"ticket_id":7}}']) rig.peer.publish(contract.subject, wire);
    await rig.peer.flush();
    expect(await sendBare(contract, '{"body":{"ticket_id":8}}')).toMatchObject({ status: 200 });
    expect(seen).toEqual([{ ticket_id: 7 }, { ticket_id: 8 }]);
  });

  it("a message that is none is left aside, and the next one consumed", async () => {
    const told = message({ subject: "careless.told", effect: "read", description: "For careless peers.", body });
    const heard = Promise.withResolvers<unknown>();
    await opened.bus.consume(told, async (given) => heard.resolve(given), { durable: "careless" });
    for (const wire of ["", "{", "[]", "null", '{"body":[]}', '{"body":{"ticket_id":9}}']) {
      rig.peer.publish(told.subject, wire);
    }
    expect(await heard.promise).toEqual({ ticket_id: 9 });
  });

  it("hundreds of random payloads each get an integer status", async () => {
    const contract = await serve(async (given) => ok(given), { body: z.looseObject({ ticket_id: z.unknown() }) });
    const random = numbers(20_230_618);
    const payloads = Array.from({ length: 600 }, () => payload(random));
    const answers = await Promise.all(payloads.map((each) => sendBare(contract, each)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.every(Number.isInteger)).toBe(true);
    expect(new Set(statuses)).toEqual(new Set([200, 400, 410]));
    const ids = answers.map(({ request_id: id }) => id);
    expect(ids.every((id) => typeof id === "number" || (typeof id === "string" && id !== ""))).toBe(true);
  });
});

function selfContaining(): object {
  const whole: { self?: object } = {};
  whole.self = whole;
  return whole;
}

type Random = (below: number) => number;

/** The same for the same seed. */
function numbers(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A payload that is an envelope, nearly one, or none. */
function payload(random: Random): Uint8Array {
  const whole = Buffer.from(JSON.stringify(random(3) === 0 ? value(random, 3) : envelope(random)));
  switch (random(8)) {
    case 0:
      return whole.subarray(0, random(whole.length));
    case 1:
      return Buffer.from(whole.toString(), "utf16le");
    case 2:
      return whole.map((byte) => (random(12) === 0 ? random(256) : byte));
    case 3:
      return Buffer.from(whole.toString().replace(/\d+/g, () => ["NaN", "-Infinity", "1e999", "01"][random(4)] ?? ""));
    case 4:
      return Buffer.from(JSON.stringify({ token: value(random, 1), is_stored: true }));
    default:
      return whole;
  }
}

function envelope(random: Random): unknown {
  const inner = random(4) === 0 ? value(random, 2) : { ticket_id: value(random, 2), [name(random)]: value(random, 2) };
  return random(2) === 0 ? { body: inner } : { request_id: value(random, 1), body: inner };
}

function value(random: Random, depth: number): unknown {
  const scalars = [null, true, "", "x\u0000\ud800", "名前 😀", -0, 1e300, random(1e6), "y".repeat(random(5_000))];
  if (depth === 0 || random(2) === 0) return scalars[random(scalars.length)];
  const items = Array.from({ length: random(4) }, () => value(random, depth - 1));
  return random(2) === 0 ? items : Object.fromEntries(items.map((item) => [name(random), item]));
}

function name(random: Random): string {
  const names = ["body", "__proto__", "constructor", "toJSON", "", "status", "token"];
  return names[random(names.length)] ?? "";
}
