import { slackNotification } from "@trunkline/contracts";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { ok } from "./handler-reply.ts";
import { appendNote, deviceSeen, letter, readTicket } from "./testing/contracts.ts";
import { type Fixture, type OpenBus, startFixture } from "./testing/fixture.ts";

let fixture: Fixture;
let bridge: OpenBus;
let rehearsal: OpenBus;
const handler = vi.fn(async () => ok(null));
const slack: string[] = [];
beforeAll(async () => {
  fixture = await startFixture();
  bridge = await fixture.open("desk-bridge");
  rehearsal = await fixture.open("desk-monitor", { environment: { name: "test", production: false } });
  await bridge.bus.serve(appendNote, handler);
  await bridge.bus.serve(readTicket, async (body) => ok(body));
  await bridge.bus.consume(slackNotification, async ({ message }) => void slack.push(message), { durable: "slack" });
});
afterAll(() => fixture.stop());
beforeEach(() => {
  handler.mockClear();
  slack.length = 0;
});

const audited = async (key: string): Promise<Record<string, unknown>[]> => {
  const messages = await fixture.stored("AUDIT");
  return messages
    .map((message) => message.json<Record<string, unknown>>())
    .filter((record) => record.idempotencyKey === key);
};

test("a write is not sent outside production; people learn of it and the audit trail has it", async () => {
  const reply = await rehearsal.bus.request(
    appendNote,
    { ticket_id: 7, note: "down" },
    { idempotencyKey: "a", requestId: "r1" },
  );
  expect(reply).toEqual({ ok: false, status: 0, body: null, withheld: true });
  expect(handler).not.toHaveBeenCalled();
  await vi.waitFor(() =>
    expect(slack).toEqual(['[desk-monitor] dry run: not sent to desk.ticket.note: {"ticket_id":7,"note":"down"}']),
  );
  expect(await audited("a")).toEqual([
    {
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      service: "desk-monitor",
      subject: "desk.ticket.note",
      effect: "withheld",
      idempotencyKey: "a",
      requestId: "r1",
      status: null,
      body: { ticket_id: 7, note: "down" },
    },
  ]);
  expect(await rehearsal.metric("bus_withheld_total", { subject: "desk.ticket.note" })).toBe(1);
});

test("people learn of a decision once, however often and wherever it is made again", async () => {
  const other = await fixture.open("desk-monitor", { environment: { name: "test", production: false } });
  for (const { bus } of [rehearsal, other, rehearsal]) {
    await bus.request(appendNote, { ticket_id: 7 }, { idempotencyKey: "b" });
  }
  await rehearsal.bus.request(appendNote, { ticket_id: 7 }, { idempotencyKey: "c" });
  await vi.waitFor(() => expect(slack).toHaveLength(2));
  expect(await audited("b")).toHaveLength(3);
});

test("a long body is shown by its beginning", async () => {
  await rehearsal.bus.request(appendNote, { ticket_id: 7, note: "x".repeat(5000) }, { idempotencyKey: "d" });
  await vi.waitFor(() => expect(slack).toHaveLength(1));
  expect(slack[0]?.length).toBeLessThan(800);
  expect(slack[0]).toMatch(/…$/);
});

test("reads are sent, and messages that change nothing or tell of the dry run are published", async () => {
  expect(await rehearsal.bus.request(readTicket, { ticket_id: 7 })).toMatchObject({ status: 200 });
  const seen = vi.fn(async () => {});
  await bridge.bus.consume(deviceSeen, seen, { durable: "devices" });
  await rehearsal.bus.publish(deviceSeen, { serial: "VC1" });
  await rehearsal.bus.publish(slackNotification, { message: "hello" });
  await vi.waitFor(() => expect(slack).toEqual(["hello"]));
  await vi.waitFor(() => expect(seen).toHaveBeenCalledTimes(1));
});

test("a message that is a write is withheld", async () => {
  const received = vi.fn(async () => {});
  await bridge.bus.consume(letter, received, { durable: "letters" });
  await rehearsal.bus.publish(letter, { text: "dear customer" }, { messageId: "e" });
  await rehearsal.bus.publish(letter, { text: "dear customer" }, { messageId: "e" });
  await bridge.bus.publish(letter, { text: "sent" });
  await vi.waitFor(() =>
    expect(slack).toEqual(['[desk-monitor] dry run: not sent to desk.letter.request: {"text":"dear customer"}']),
  );
  await vi.waitFor(() => expect(received).toHaveBeenCalledTimes(1));
  expect(await audited("e")).toMatchObject([{ effect: "withheld" }, { effect: "withheld" }]);
});

test("in production a write is sent and its record says how it ended", async () => {
  handler.mockResolvedValueOnce({ status: 409, body: null } as never);
  await bridge.bus.request(appendNote, { ticket_id: 9 }, { idempotencyKey: "f", requestId: "r2" });
  expect(await audited("f")).toMatchObject([
    { service: "desk-bridge", effect: "sent", requestId: "r2", status: 409, body: { ticket_id: 9 } },
  ]);
  await bridge.bus.publish(letter, { text: "dear customer" }, { messageId: "g" });
  expect(await audited("g")).toMatchObject([{ effect: "sent", status: null, body: { text: "dear customer" } }]);
});

test("a record of a large write says how large it was", async () => {
  await bridge.bus.request(appendNote, { ticket_id: 9, note: "x".repeat(1_100_000) }, { idempotencyKey: "h" });
  const [record] = await audited("h");
  expect(record).toMatchObject({ effect: "sent", status: 200, body: null });
  expect(record?.omittedBytes).toBeGreaterThan(1_100_000);
});

test("without JetStream requests work, failed records are counted, and the log says so once", async () => {
  const old = await startFixture({ jetStream: false });
  try {
    const desk = await old.open("desk");
    await desk.bus.serve(appendNote, async () => ok("done"));
    for (const idempotencyKey of ["a", "b"]) {
      expect(await desk.bus.request(appendNote, { ticket_id: 1 }, { idempotencyKey })).toMatchObject({ body: "done" });
    }
    expect(await desk.metric("audit_failures_total")).toBe(2);
    expect(desk.lines.filter((line) => line.msg === "audit records cannot be stored")).toHaveLength(1);
    const received: string[] = [];
    await desk.bus.consume(letter, async ({ text }) => void received.push(text), { durable: "letters" });
    await desk.bus.publish(letter, { text: "plainly" });
    await vi.waitFor(() => expect(received).toEqual(["plainly"]));
  } finally {
    await old.stop();
  }
});
