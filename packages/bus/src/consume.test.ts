import { setTimeout as sleep } from "node:timers/promises";
import { contractsOf } from "@trunkline/contracts";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { RetryLater, Undeliverable } from "./errors.ts";
import { deviceSeen } from "./testing/contracts.ts";
import { type Fixture, type OpenBus, startFixture } from "./testing/fixture.ts";
import type { ConsumeOptions, MessageContext } from "./types.ts";

let fixture: Fixture;
let desk: OpenBus;
let streams = 0;
beforeAll(async () => {
  fixture = await startFixture();
  desk = await fixture.open("desk");
});
afterAll(() => fixture.stop());

/** A message contract with a stream of its own. */
function letters() {
  streams += 1;
  return contractsOf("desk", "desk").message({
    subject: `desk.letters.${streams}`,
    effect: "read",
    description: "A letter.",
    body: z.object({ text: z.string() }),
    stream: `LETTERS_${streams}`,
  });
}

async function consuming(
  handler: (text: string, context: MessageContext) => Promise<void> = async () => {},
  options: Partial<ConsumeOptions> = {},
) {
  const contract = letters();
  const received: string[] = [];
  await desk.bus.consume(
    contract,
    async ({ text }, context) => {
      received.push(text);
      await handler(text, context);
    },
    { durable: "desk", ...options },
  );
  return { contract, received };
}

const dead = async (subject: string) =>
  (await fixture.stored("DEAD_LETTERS").catch(() => [])).filter(
    (letter) => letter.subject === `trunkline.dead.${subject}`,
  );

test("messages are handled in the order in which they were published, each once", async () => {
  const { contract, received } = await consuming(undefined, { concurrency: 1 });
  const texts = Array.from({ length: 30 }, (_, index) => String(index));
  for (const text of texts) await desk.bus.publish(contract, { text });
  await vi.waitFor(() => expect(received).toEqual(texts));
});

test("a consumer that does not keep up shows in the metrics, and that it has caught up", async () => {
  const gate = Promise.withResolvers<void>();
  const { contract } = await consuming(() => gate.promise, { concurrency: 2 });
  for (const text of ["a", "b", "c", "d", "e"]) await desk.bus.publish(contract, { text });
  const counts = async () => [
    await desk.metric("bus_stream_pending", { subject: contract.subject }),
    await desk.metric("bus_stream_unacknowledged", { subject: contract.subject }),
  ];
  await vi.waitFor(async () => expect(await counts()).toEqual([3, 2]));
  gate.resolve();
  await vi.waitFor(async () => expect(await counts()).toEqual([0, 0]));
});

test("a message published before anyone consumes is not lost", async () => {
  const contract = letters();
  await desk.bus.publish(contract, { text: "early" });
  const received: string[] = [];
  await desk.bus.consume(contract, async ({ text }) => void received.push(text), { durable: "desk" });
  await vi.waitFor(() => expect(received).toEqual(["early"]));
});

test("the same id is stored once, and one id does for two subjects", async () => {
  const { contract, received } = await consuming();
  const other = { ...contract, subject: `${contract.subject}.more` };
  await desk.bus.publish(contract, { text: "a" }, { messageId: "decision 1" });
  await desk.bus.publish(contract, { text: "a again" }, { messageId: "decision 1" });
  await desk.bus.publish(other, { text: "b" }, { messageId: "decision 1" });
  await vi.waitFor(async () => expect(await fixture.stored(contract.stream ?? "")).toHaveLength(2));
  await vi.waitFor(() => expect(received).toEqual(["a"]));
});

test("an old publisher that asks for a reply gets the consumer's, and no acknowledgement of the stream", async () => {
  const { contract, received } = await consuming();
  const reply = await fixture.bare.request(contract.subject, '{"request_id":"r1","body":{"text":"old"}}');
  expect(reply.json()).toEqual({
    request_id: "r1",
    status: 200,
    body: "Accepted: it is kept until it is delivered",
  });
  await vi.waitFor(() => expect(received).toEqual(["old"]));
});

test("old publishers may put the body's keys beside the request id", async () => {
  const { contract, received } = await consuming();
  fixture.bare.publish(contract.subject, '{"request_id": 10, "text": "flat"}');
  await vi.waitFor(() => expect(received).toEqual(["flat"]));
});

test("the handler knows id and attempt, and its log lines have the trace", async () => {
  const contexts: MessageContext[] = [];
  const { contract } = await consuming(async (_text, context) => {
    contexts.push(context);
    context.logger.info("handled");
  });
  await desk.bus.publish(contract, { text: "a" }, { messageId: "m1", requestId: "r1" });
  await vi.waitFor(() => expect(contexts).toMatchObject([{ requestId: "r1", messageId: "m1", attempt: 1 }]));
  const line = desk.lines.find((each) => each.msg === "handled" && each.subject === contract.subject);
  expect(line).toMatchObject({ request_id: "r1", message_id: "m1", trace_id: expect.stringMatching(/^[0-9a-f]{32}$/) });
});

describe("what fails", () => {
  test("is tried again after the time that a third party named", async () => {
    const times: number[] = [];
    const { contract } = await consuming(async () => {
      times.push(Date.now());
      if (times.length < 3) throw new RetryLater({ retryAfterMs: 150 });
    });
    await desk.bus.publish(contract, { text: "a" });
    await vi.waitFor(() => expect(times).toHaveLength(3));
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(145);
    await sleep(200);
    expect(times).toHaveLength(3);
  });

  test("does not hold up the others unless they are to stay in order", async () => {
    const { contract, received } = await consuming(async (text) => {
      if (text === "bad") throw new RetryLater({ retryAfterMs: 60_000 });
    });
    await desk.bus.publish(contract, { text: "bad" });
    await desk.bus.publish(contract, { text: "good" });
    await vi.waitFor(() => expect(received).toEqual(["bad", "good"]));
  });

  test("too often is parked with the reason", async () => {
    const { contract, received } = await consuming(
      async () => {
        throw new RetryLater({ message: "mail server is down", retryAfterMs: 10 });
      },
      { maxAttempts: 3 },
    );
    await desk.bus.publish(contract, { text: "a" }, { requestId: "r1" });
    await vi.waitFor(async () => expect(await dead(contract.subject)).toHaveLength(1));
    const [letter] = await dead(contract.subject);
    expect(letter?.json()).toEqual({ request_id: "r1", body: { text: "a" } });
    expect(letter?.header.get("Trunkline-Dead-Reason")).toBe("3 attempts failed, the last one: mail server is down");
    expect(letter?.header.get("Trunkline-Dead-Stream")).toBe(contract.stream);
    expect(received).toHaveLength(3);
    expect(await desk.metric("dead_letters_total", { subject: contract.subject })).toBe(1);
  });

  test("for good is parked at once", async () => {
    const { contract, received } = await consuming(async () => {
      throw new Undeliverable("no such mailbox");
    });
    await desk.bus.publish(contract, { text: "a" });
    await vi.waitFor(async () => expect(await dead(contract.subject)).toHaveLength(1));
    expect(received).toHaveLength(1);
  });

  test.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["another shape", '{"body":{"text":5}}'],
    ["a claim that is gone", '{"is_stored":true,"token":"nothinghereunderthisname"}'],
  ])("%s is parked, and the next message is handled", async (_name, payload) => {
    const { contract, received } = await consuming();
    fixture.bare.publish(contract.subject, payload);
    await desk.bus.publish(contract, { text: "next" });
    await vi.waitFor(() => expect(received).toEqual(["next"]));
    await vi.waitFor(async () => expect(await dead(contract.subject)).toHaveLength(1));
    expect((await dead(contract.subject))[0]?.string()).toBe(payload);
  });
});

test("two replicas share a durable: each message goes to one of them", async () => {
  const contract = letters();
  const received: string[] = [];
  for (const { bus } of [desk, await fixture.open("desk")]) {
    await bus.consume(contract, async ({ text }) => void received.push(text), { durable: "shared" });
  }
  const texts = Array.from({ length: 40 }, (_, index) => String(index));
  await Promise.all(texts.map((text) => desk.bus.publish(contract, { text })));
  await vi.waitFor(() => expect(received.length).toBeGreaterThanOrEqual(40));
  expect(received.toSorted()).toEqual(texts.toSorted());
});

test("a consumer whose stream is deleted under it makes it anew", async () => {
  const { contract, received } = await consuming();
  await desk.bus.publish(contract, { text: "a" });
  await vi.waitFor(() => expect(received).toEqual(["a"]));
  const { streams: api } = await fixture.bare.jetstreamManager();
  await api.delete(contract.stream ?? "");
  await vi.waitFor(
    async () => {
      fixture.bare.publish(contract.subject, '{"body":{"text":"b"}}');
      expect(received).toContain("b");
    },
    { timeout: 30_000, interval: 200 },
  );
});

describe("without a stream", () => {
  test("messages are handled as they come, and a faulty one is logged and counted", async () => {
    const received: string[] = [];
    await desk.bus.consume(
      deviceSeen,
      async ({ serial }) => {
        received.push(serial);
        if (serial === "VC1") throw new Error("no such device");
      },
      { durable: "devices" },
    );
    await desk.bus.publish(deviceSeen, { serial: "VC1" });
    fixture.bare.publish(deviceSeen.subject, "no json");
    fixture.bare.publish(deviceSeen.subject, '{"serial": "VC2", "network_id": "n"}');
    await vi.waitFor(() => expect(received).toEqual(["VC1", "VC2"]));
    await vi.waitFor(async () => {
      expect(await desk.metric("bus_consumed_total", { subject: deviceSeen.subject, outcome: "lost" })).toBe(2);
    });
  });
});
