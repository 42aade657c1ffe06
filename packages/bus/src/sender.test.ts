import type { NatsConnection } from "nats";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSender, protocolOf } from "./sender.ts";
import { type Fixture, startFixture } from "./testing/fixture.ts";
import { headerBlock } from "./wire-headers.ts";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.stop());

const messages = [
  { subject: "desk.a", reply: "", headers: "", text: "" },
  { subject: "desk.a", reply: "_INBOX.x", headers: "", text: "plain" },
  { subject: "desk.a", reply: "", headers: headerBlock({ a: "1" }), text: "größer 😀" },
  { subject: "desk.a", reply: "_INBOX.x", headers: headerBlock({ key: "größer" }), text: "x".repeat(100_000) },
];

test("the client still has the way that whole frames take", () => {
  expect(protocolOf(fixture.bare)).toBeDefined();
});

// Without its own protocol handler the client's public `publish` is used.
const publicOnly = (nc: NatsConnection) => ({ publish: nc.publish.bind(nc) }) as NatsConnection;

test.each([
  ["whole frames", (nc: NatsConnection) => nc],
  ["the client's publish", publicOnly],
])("%s arrive as they were sent", async (_name, way) => {
  const received: object[] = [];
  const subscription = fixture.bare.subscribe("desk.a", {
    callback: (_error, { subject, reply = "", headers, data }) => {
      received.push({ subject, reply, headers: [...(headers ?? [])], text: Buffer.from(data).toString() });
    },
  });
  const sender = createSender(way(fixture.bare));
  for (const message of messages) sender.send(message);
  sender.flush();
  await fixture.bare.flush();
  expect(received).toEqual([
    { ...messages[0], headers: [] },
    { ...messages[1], headers: [] },
    { ...messages[2], headers: [["a", ["1"]]] },
    { ...messages[3], headers: [["key", ["größer"]]] },
  ]);
  subscription.unsubscribe();
});

test("what was sent goes out at the end of the turn, without a flush", async () => {
  let count = 0;
  const arrived = new Promise<void>((resolve) => {
    const callback = () => {
      count += 1;
      if (count === 100) resolve();
    };
    fixture.bare.subscribe("desk.b", { callback, max: 100 });
  });
  const sender = createSender(fixture.bare);
  const text = "x".repeat(1_000);
  for (let number = 0; number < 100; number += 1) sender.send({ subject: "desk.b", reply: "", headers: "", text });
  await arrived;
});
