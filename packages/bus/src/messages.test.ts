import { slackNotification } from "@trunkline/contracts";
import { createInbox, headers } from "nats";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { countDeadLetters, type MessageContext, RetryLater, Undeliverable } from "./index.ts";
import { type BusLab, type LabBus, messageContract, openLab, series } from "./testing/bus-lab.ts";

const releases = new AsyncDisposableStack();
const soon = { timeout: 10_000, interval: 20 };
let lab: BusLab;
let publisher: LabBus;
let consumer: LabBus;
let streams = 0;

beforeAll(async () => {
  lab = await openLab(releases);
  [publisher, consumer] = await Promise.all([lab.bus({ service: "lab-monitor" }), lab.bus()]);
});
afterAll(() => releases.disposeAsync());

/** A contract whose messages a stream of its own keeps, and that stream's name. */
function keptContract() {
  streams += 1;
  const stream = `LAB_${streams}`;
  return { stream, contract: messageContract({ stream }) };
}

interface Delivered extends Pick<MessageContext, "attempt" | "messageId" | "requestId"> {
  readonly text: string;
  readonly at: number;
}

/** Consumes and remembers what came; `act` may throw. */
async function consuming(
  bus: LabBus,
  contract: ReturnType<typeof messageContract>,
  act: (delivered: Delivered) => void = () => {},
  options: { maxAttempts?: number; concurrency?: number } = {},
) {
  const delivered: Delivered[] = [];
  await bus.consume(
    contract,
    async ({ text }, { attempt, messageId, requestId }) => {
      const one = { text, attempt, messageId, requestId, at: performance.now() };
      delivered.push(one);
      act(one);
    },
    { durable: "lab", ...options },
  );
  return delivered;
}

const textsOf = (delivered: readonly Delivered[]) => delivered.map(({ text }) => text);
const kept = async (stream: string) => (await lab.streams.streams.info(stream)).state.messages;

async function deadLetter(subject: string) {
  const letter = await lab.streams.streams.getMessage("DEAD_LETTERS", { last_by_subj: `trunkline.dead.${subject}` });
  const header = (name: string) => letter.header.get(`Trunkline-${name}`);
  return {
    payload: letter.string(),
    reason: header("Dead-Reason"),
    attempts: header("Dead-Attempts"),
    stream: header("Dead-Stream"),
    sequence: header("Dead-Sequence"),
    requestId: header("Request-Id"),
  };
}

describe("a message that a stream keeps", () => {
  it("waits while nobody consumes, and for a consumer that comes back", async () => {
    const { contract } = keptContract();
    await publisher.publish(contract, { text: "before" }, { requestId: "cycle-7", messageId: "ticket-1" });
    const early = await lab.bus();
    const first = await consuming(early, contract);
    await vi.waitFor(() => expect(first).toHaveLength(1), soon);
    expect(first[0]).toMatchObject({ text: "before", attempt: 1, requestId: "cycle-7", messageId: "ticket-1" });
    await early.drain();
    await publisher.publish(contract, { text: "meanwhile" });
    const later = await consuming(consumer, contract);
    await vi.waitFor(() => expect(textsOf(later)).toEqual(["meanwhile"]), soon);
  });

  it("is handed to one of the replicas", async () => {
    const { contract } = keptContract();
    const other = await lab.bus();
    const [here, there] = [await consuming(consumer, contract), await consuming(other, contract)];
    const texts = Array.from({ length: 30 }, (_, index) => `message ${index}`);
    await Promise.all(texts.map((text) => publisher.publish(contract, { text })));
    await vi.waitFor(() => expect(here.length + there.length).toBe(30), soon);
    expect(textsOf([...here, ...there]).sort()).toEqual(texts.sort());
  });

  it("is stored once under one id, also when another process publishes it again", async () => {
    const { stream, contract } = keptContract();
    for (const bus of [publisher, publisher, await lab.bus()]) {
      await bus.publish(contract, { text: "down" }, { messageId: "ticket-1" });
    }
    await publisher.publish(contract, { text: "up" }, { messageId: "ticket-2" });
    const delivered = await consuming(consumer, contract);
    await vi.waitFor(() => expect(textsOf(delivered)).toEqual(["down", "up"]), soon);
    expect(await kept(stream)).toBe(2);
  });

  it("may share its id with one of another subject", async () => {
    const { stream, contract } = keptContract();
    const sibling = messageContract({ stream });
    await publisher.publish(contract, { text: "to Slack" }, { messageId: "ticket-1" });
    await publisher.publish(sibling, { text: "by e-mail" }, { messageId: "ticket-1" });
    await vi.waitFor(async () => expect(await kept(stream)).toBe(2), soon);
  });

  it("travels parked when it is large, and can be read at every attempt", async () => {
    const { contract } = keptContract();
    const text = "é".repeat(700_000);
    const before = new Set(await lab.redis.keys("*"));
    await publisher.publish(contract, { text });
    const parked = (await lab.redis.keys("*")).filter((key) => !before.has(key));
    expect(parked).toHaveLength(1);
    const sevenDays = 7 * 24 * 3600;
    expect(await lab.redis.ttl(parked[0] ?? "")).toBeGreaterThan(sevenDays - 60);
    const delivered = await consuming(consumer, contract, ({ attempt }) => {
      if (attempt === 1) throw new RetryLater({ retryAfterMs: 10 });
    });
    await vi.waitFor(() => expect(delivered.map(({ attempt }) => attempt)).toEqual([1, 2]), soon);
    expect(textsOf(delivered).every((each) => each === text)).toBe(true);
  });
});

describe("NOTIFICATIONS", () => {
  const asked = async (payload: string) => {
    const inbox = createInbox();
    const answers: string[] = [];
    const subscription = lab.bare.subscribe(inbox, {
      callback: (_error, answer) => void answers.push(answer.string()),
    });
    lab.bare.publish(slackNotification.subject, payload, { reply: inbox });
    await vi.waitFor(() => expect(answers).not.toHaveLength(0), soon);
    // A second answer, such as JetStream's, would have come with the one of a question asked after it.
    await lab.bare.request(slackNotification.subject, "{}", { timeout: 5_000 });
    subscription.unsubscribe();
    return answers.map((answer) => JSON.parse(answer));
  };

  it("keeps what a requester of old publishes with an inbox, and says so once, among any number of replicas", async () => {
    const delivered = vi.fn();
    for (const bus of [consumer, await lab.bus()]) {
      await bus.consume(slackNotification, async ({ message }) => delivered(message), { durable: "lab" });
    }
    expect(await asked(JSON.stringify({ request_id: "old", message: "Edge VC1234567 is down" }))).toEqual([
      { request_id: "old", body: "Accepted: it is kept until it is delivered", status: 200 },
    ]);
    await vi.waitFor(() => expect(delivered).toHaveBeenCalledWith("Edge VC1234567 is down"), soon);
    expect(delivered.mock.calls.filter(([message]) => message === "Edge VC1234567 is down")).toHaveLength(1);
    const { config } = await lab.streams.streams.info("NOTIFICATIONS");
    expect(config.no_ack).toBe(true);
    expect([...config.subjects].sort()).toEqual(["notification.email.request", "notification.slack.request"]);
  });

  it.each([
    [
      '{"request_id":7,"body":{"text":"no"}}',
      { request_id: 7, body: expect.stringMatching(/^body\.message: /), status: 400 },
    ],
    ['{"body":null}', { request_id: expect.any(String), body: expect.stringMatching(/^body: /), status: 400 }],
    ["[1]", { request_id: expect.any(String), body: "expected a JSON object, received an array", status: 400 }],
    ["{", { request_id: expect.any(String), body: "the request is not JSON", status: 400 }],
    [
      '{"is_stored":true,"token":"gone"}',
      { request_id: expect.any(String), body: expect.stringMatching(/./), status: 410 },
    ],
  ])("tells a requester of old what is wrong with %s", async (payload, answer) => {
    expect(await asked(payload)).toEqual([answer]);
  });
});

describe("a message whose handler fails", () => {
  it("comes again after a growing pause, without holding up the others", async () => {
    const { contract } = keptContract();
    const delivered = await consuming(consumer, contract, ({ text, attempt }) => {
      if (text === "bad" && attempt < 3) throw new Error("the third party hung up");
    });
    await publisher.publish(contract, { text: "bad" });
    await publisher.publish(contract, { text: "good" });
    await vi.waitFor(() => expect(delivered).toHaveLength(4), soon);
    const [first, good, second, third] = delivered;
    if (first === undefined || second === undefined || third === undefined) throw new Error("unreachable");
    expect(good?.text).toBe("good");
    expect([first, second, third].map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(second.at - first.at).toBeGreaterThan(750);
    expect(third.at - second.at).toBeGreaterThan(1_500);
  });

  it("comes again when the third party said", async () => {
    const { contract } = keptContract();
    const delivered = await consuming(consumer, contract, ({ attempt }) => {
      if (attempt === 1) throw new RetryLater({ retryAfterMs: 1_800 });
    });
    await publisher.publish(contract, { text: "busy" });
    await vi.waitFor(() => expect(delivered).toHaveLength(2), soon);
    const pause = (delivered[1]?.at ?? 0) - (delivered[0]?.at ?? 0);
    // More than the first pause that is nobody's wish.
    expect(pause).toBeGreaterThan(1_780);
  });

  it("holds up those behind it where one at a time is worked on, because that is their order", async () => {
    const { contract } = keptContract();
    const options = { concurrency: 1 };
    const act = ({ text, attempt }: Delivered) => {
      if (text === "first" && attempt < 3) throw new RetryLater({ retryAfterMs: 50 });
    };
    const delivered = await consuming(consumer, contract, act, options);
    for (const text of ["first", "second", "third"]) await publisher.publish(contract, { text });
    await vi.waitFor(() => expect(delivered).toHaveLength(5), soon);
    expect(textsOf(delivered)).toEqual(["first", "first", "first", "second", "third"]);
  });
});

describe("a dead letter", () => {
  it("is what failed too often, told with reason, attempts and origin", async () => {
    const { stream, contract } = keptContract();
    const act = () => {
      throw new RetryLater({ message: "no such channel", retryAfterMs: 10 });
    };
    const delivered = await consuming(consumer, contract, act, { maxAttempts: 3 });
    await publisher.publish(contract, { text: "lost" }, { requestId: "cycle-7" });
    const labels = { subject: contract.subject };
    await vi.waitFor(async () => expect(await series(consumer.registry, "dead_letters_total", labels)).toBe(1), soon);
    expect(await deadLetter(contract.subject)).toEqual({
      payload: JSON.stringify({ request_id: "cycle-7", body: { text: "lost" } }),
      reason: expect.stringContaining("no such channel"),
      attempts: "3",
      stream,
      sequence: "1",
      requestId: "cycle-7",
    });
    const counts = () => countDeadLetters(lab.redis, "lab");
    await vi.waitFor(async () => expect((await counts()).get(contract.subject)).toBe(1), soon);
    expect(delivered.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  });

  it.each([
    ["no JSON", "{]", "not JSON"],
    ["no message of its contract", '{"request_id":"old","body":{"text":7}}', "body.text: expected string"],
    ["a claim on what is gone", '{"is_stored":true,"token":"0123456789abcdefghijkl"}', "gone"],
  ])("is at once what is %s", async (_what, payload, reason) => {
    const { contract } = keptContract();
    const delivered = await consuming(consumer, contract);
    lab.bare.publish(contract.subject, payload, { headers: headers() });
    await vi.waitFor(async () => {
      expect(await deadLetter(contract.subject)).toMatchObject({ payload, attempts: "1" });
    }, soon);
    expect((await deadLetter(contract.subject)).reason).toContain(reason);
    expect(delivered).toEqual([]);
  });

  it("is at once what its handler calls hopeless, and holds up nothing", async () => {
    const { contract } = keptContract();
    const act = ({ text }: Delivered) => {
      if (text === "hopeless") throw new Undeliverable("Slack calls it malformed");
    };
    const delivered = await consuming(consumer, contract, act, { concurrency: 1 });
    await publisher.publish(contract, { text: "hopeless" });
    await publisher.publish(contract, { text: "fine" });
    await vi.waitFor(() => expect(textsOf(delivered)).toEqual(["hopeless", "fine"]), soon);
    expect(await deadLetter(contract.subject)).toMatchObject({ reason: "Slack calls it malformed", attempts: "1" });
  });
});

describe("NATS killed (-9)", () => {
  it("is given again what it may have taken without writing it down", async () => {
    const { stream, contract } = keptContract();
    await publisher.publish(contract, { text: "just taken" }, { messageId: "ticket-1" });
    const { config } = await lab.streams.streams.info(stream);
    // As if the last moments before the kill had not reached the disk: neither the message nor the memory of its id.
    await lab.streams.streams.delete(stream);
    await lab.streams.streams.add(config);
    await lab.brokers.nats.kill();
    await vi.waitFor(() => expect(publisher.connected).toBe(false), soon);
    await lab.brokers.nats.restart();
    await vi.waitFor(() => expect([publisher.connected, consumer.connected]).toEqual([true, true]), soon);
    const delivered = await consuming(consumer, contract);
    await vi.waitFor(() => expect(textsOf(delivered)).toEqual(["just taken"]), soon);
  });

  it("loses nothing that was published, and the consumer goes on", async () => {
    const { contract: waiting } = keptContract();
    const { contract: consumed } = keptContract();
    const delivered = await consuming(consumer, consumed);
    const texts = Array.from({ length: 40 }, (_, index) => `message ${index}`);
    await publisher.publish(consumed, { text: "before" });
    await vi.waitFor(() => expect(textsOf(delivered)).toEqual(["before"]), soon);
    for (const text of texts) await publisher.publish(waiting, { text });
    await lab.brokers.nats.kill();
    const whileDown = publisher.publish(consumed, { text: "while it was down" });
    await vi.waitFor(() => expect([publisher.connected, consumer.connected]).toEqual([false, false]), soon);
    await lab.brokers.nats.restart();
    await whileDown;
    await publisher.publish(consumed, { text: "after" });
    await vi.waitFor(() => expect(new Set(textsOf(delivered))).toContain("after"), soon);
    expect(textsOf(delivered).filter((text) => text !== "before")).toEqual(["while it was down", "after"]);
    const late = await consuming(consumer, waiting);
    await vi.waitFor(() => expect(late.length).toBeGreaterThanOrEqual(40), soon);
    expect(textsOf(late).sort()).toEqual([...texts].sort());
  });
});
