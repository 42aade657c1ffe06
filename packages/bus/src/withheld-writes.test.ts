import { startNats } from "@trunkline/brokers";
import { slackNotification } from "@trunkline/contracts";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { ok } from "./index.ts";
import {
  type BusLab,
  type LabBus,
  messageContract,
  openLab,
  readContract,
  series,
  writeContract,
} from "./testing/bus-lab.ts";

const releases = new AsyncDisposableStack();
const body = { text: "Edge VC1234567 is down" };
const withheld = { ok: false, status: 0, body: null, withheld: true };
let lab: BusLab;
let staging: LabBus;
let production: LabBus;

beforeAll(async () => {
  lab = await openLab(releases);
  staging = await lab.bus({ service: "lab-monitor", environment: { name: "staging", production: false } });
  production = await lab.bus({ service: "live-monitor", environment: { name: "production", production: true } });
});
afterAll(() => releases.disposeAsync());

/** What a bare client hears on a subject. */
async function listener(subject: string) {
  const heard: string[] = [];
  const subscription = lab.bare.subscribe(subject, {
    callback: (_error, message) => {
      heard.push(message.string());
      if (message.reply) message.respond(JSON.stringify({ body: { done: true }, status: 201 }));
    },
  });
  onTestFinished(() => subscription.unsubscribe());
  await lab.bare.flush();
  return heard;
}

/** The last audit record of a service about a subject. */
async function audited(service: string, subject: string): Promise<unknown> {
  const record = await lab.streams.streams.getMessage("AUDIT", {
    last_by_subj: `trunkline.audit.${service}.${subject}`,
  });
  return record.json();
}

describe("outside production", () => {
  it("keeps a write back, says so, and records what it would have been", async () => {
    const contract = writeContract();
    const heard = await listener(contract.subject);
    const options = { idempotencyKey: "ticket-1-VC1234567", requestId: "cycle-7" };
    expect(await staging.request(contract, body, options)).toEqual(withheld);
    await lab.bare.flush();
    expect(heard).toEqual([]);
    expect(await audited("lab-monitor", contract.subject)).toEqual({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      service: "lab-monitor",
      subject: contract.subject,
      effect: "withheld",
      idempotencyKey: "ticket-1-VC1234567",
      requestId: "cycle-7",
      status: null,
      body,
    });
    expect(await series(staging.registry, "bus_withheld_total", { subject: contract.subject })).toBe(1);
  });

  it("tells Slack of each decision once, also when it is made again by another replica", async () => {
    const contract = writeContract();
    const heard = await listener(slackNotification.subject);
    const replica = await lab.bus({ service: "lab-monitor", environment: { name: "staging", production: false } });
    await staging.request(contract, body, { idempotencyKey: "ticket-1" });
    await staging.request(contract, body, { idempotencyKey: "ticket-1" });
    await replica.request(contract, body, { idempotencyKey: "ticket-1" });
    await staging.request(contract, body, { idempotencyKey: "ticket-2" });
    await lab.bare.flush();
    const said = heard.map((text) => (JSON.parse(text) as { body: { message: string } }).body.message);
    expect(said).toHaveLength(2);
    expect(said[0]).toContain(contract.subject);
    expect(said[0]).toContain("VC1234567");
    expect(said[0]).toContain("lab-monitor");
  });

  it("needs a key all the same", async () => {
    await expect(staging.request(writeContract(), body)).rejects.toThrow("idempotencyKey");
  });

  it("sends reads", async () => {
    const contract = readContract();
    await production.serve(contract, async () => ok({ edges: 2 }));
    expect(await staging.request(contract, body)).toEqual({ ok: true, status: 200, body: { edges: 2 } });
  });

  it("keeps messages back that have an effect, and sends those that people learn from", async () => {
    const [kept, sent] = [messageContract(), messageContract({ dryRun: "send" })];
    const heard = { kept: await listener(kept.subject), sent: await listener(sent.subject) };
    await staging.publish(kept, body, { messageId: "ticket-1", requestId: "cycle-7" });
    await staging.publish(sent, body, { requestId: "cycle-7" });
    await lab.bare.flush();
    expect(heard.kept).toEqual([]);
    expect(heard.sent.map((text) => JSON.parse(text) as unknown)).toEqual([{ request_id: "cycle-7", body }]);
    expect(await audited("lab-monitor", kept.subject)).toMatchObject({
      effect: "withheld",
      idempotencyKey: "ticket-1",
      body,
    });
    expect(await audited("lab-monitor", sent.subject)).toMatchObject({ effect: "sent", status: null, body });
  });
});

describe("in production", () => {
  it("sends a write and records it with the status of its answer", async () => {
    const contract = writeContract();
    const heard = await listener(contract.subject);
    const answer = await production.request(contract, body, { idempotencyKey: "ticket-1", requestId: "cycle-7" });
    expect(answer).toEqual({ ok: true, status: 201, body: { done: true } });
    expect(heard.map((text) => JSON.parse(text) as unknown)).toEqual([{ request_id: "cycle-7", body }]);
    expect(await audited("live-monitor", contract.subject)).toMatchObject({
      effect: "sent",
      idempotencyKey: "ticket-1",
      requestId: "cycle-7",
      status: 201,
      body,
    });
  });

  it("records a write that nobody took, too", async () => {
    const contract = writeContract();
    const answer = await production.request(contract, body, { idempotencyKey: "ticket-1" });
    expect(answer).toMatchObject({ ok: false, status: 503, withheld: false });
    expect(await audited("live-monitor", contract.subject)).toMatchObject({ effect: "sent", status: 503 });
  });

  it("records what is too large for a record without its body", async () => {
    const contract = writeContract();
    await production.serve(contract, async () => ok({}));
    await production.request(contract, { text: "x".repeat(1_100_000) }, { idempotencyKey: "ticket-1" });
    expect(await audited("live-monitor", contract.subject)).toMatchObject({ status: 200, body: null });
  });

  it("does its work without JetStream, and counts the records that are missing", async () => {
    const nats = await startNats({ jetStream: false });
    onTestFinished(() => nats.stop());
    const bus = await lab.bus({ servers: nats.url });
    onTestFinished(() => bus.drain());
    const contract = writeContract();
    await bus.serve(contract, async () => ok({}));
    expect(await bus.request(contract, body, { idempotencyKey: "ticket-1" })).toMatchObject({ ok: true });
    expect(await series(bus.registry, "audit_failures_total")).toBe(1);
  });
});
