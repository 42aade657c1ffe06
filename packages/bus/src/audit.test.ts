import { systemClock } from "@trunkline/clock";
import { ErrorCode, NatsError } from "nats";
import { pino } from "pino";
import { Registry } from "prom-client";
import { expect, it, vi } from "vitest";
import { type AuditParts, createAudit } from "./audit.ts";
import type { StoredMessage } from "./jetstream.ts";
import { createMetrics } from "./metrics.ts";

const write = {
  subject: "bruin.note.create",
  effect: "sent",
  idempotencyKey: "k1",
  requestId: "r1",
  body: { note: "text" },
  status: 200,
} as const;

/** A stream that answers the tries in turn, and takes what comes after them. */
function auditInto(answers: readonly Error[], whenConnected = async () => true) {
  const left = [...answers];
  const tries: StoredMessage[] = [];
  const registry = new Registry();
  const store = vi.fn(async (message: StoredMessage) => {
    tries.push(message);
    const refusal = left.shift();
    if (refusal !== undefined) throw refusal;
  });
  const parts = {
    link: { connected: false, whenConnected },
    claims: { fits: () => true },
    jetStream: { available: async () => true, store },
    metrics: createMetrics(registry),
    logger: pino({ level: "silent" }),
    clock: systemClock,
    service: "monitor",
  };
  const failures = async () => (await registry.getSingleMetric("audit_failures_total")?.get())?.values[0]?.value ?? 0;
  return { audit: createAudit(parts as unknown as AuditParts), tries, failures };
}

it.each([
  ["is new and has no leader", ErrorCode.NoResponders],
  ["has lost the server that led it", ErrorCode.Timeout],
  ["cannot be reached since the connection broke", ErrorCode.Disconnect],
])("a record waits for a stream that %s, and is stored once by its id", async (_, code) => {
  const { audit, tries, failures } = auditInto([new NatsError(code, code), new NatsError(code, code)]);
  await audit(write);
  expect(tries).toHaveLength(3);
  expect(new Set(tries.map(({ headers }) => headers)).size).toBe(1);
  expect(tries[0]?.headers).toMatch(/Nats-Msg-Id: \S+/);
  expect(await failures()).toBe(0);
});

it("a record waits for the connection", async () => {
  const restored = Promise.withResolvers<boolean>();
  const { audit, tries, failures } = auditInto([], () => restored.promise);
  const auditing = audit(write);
  restored.resolve(true);
  await auditing;
  expect(tries).toHaveLength(1);
  expect(await failures()).toBe(0);
});

it("a record that is refused is lost at once, and counted", async () => {
  const { audit, tries, failures } = auditInto([new Error("no such stream")]);
  await audit(write);
  expect(tries).toHaveLength(1);
  expect(await failures()).toBe(1);
});

it("while records are lost, writes do not wait for the stream", async () => {
  const silent = new NatsError("503", ErrorCode.NoResponders);
  const { audit, tries, failures } = auditInto([new Error("refused"), silent]);
  await audit(write);
  await audit(write);
  expect(tries).toHaveLength(2);
  expect(await failures()).toBe(2);
});
