import { headers } from "nats";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ok, refuse } from "./index.ts";
import { type BusLab, type LabBus, messageContract, openLab, readContract, series } from "./testing/bus-lab.ts";

const body = { text: "hello" };
const releases = new AsyncDisposableStack();
let lab: BusLab;
let requester: LabBus;
let replier: LabBus;

beforeAll(async () => {
  lab = await openLab(releases);
  [requester, replier] = await Promise.all([lab.bus({ service: "lab-monitor" }), lab.bus()]);
});
afterAll(() => releases.disposeAsync());

const asked = (name: string, labels: Record<string, string> = {}) => series(requester.registry, name, labels);
const answered = (name: string, labels: Record<string, string> = {}) => series(replier.registry, name, labels);

describe("durations", () => {
  it("are told by both sides, by subject and class of status", async () => {
    const contract = readContract();
    const { subject } = contract;
    await replier.serve(contract, async ({ text }) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      if (text === "throw") throw new Error("the third party hung up");
      return text === "refuse" ? refuse(404, "no such edge") : ok({});
    });
    for (const text of ["fine", "fine", "refuse", "throw"]) await requester.request(contract, { text });
    for (const [status_class, count] of [
      ["2xx", 2],
      ["4xx", 1],
      ["5xx", 1],
    ] as const) {
      const labels = { subject, status_class };
      for (const side of [
        asked("bus_request_duration_seconds_count", labels),
        answered("bus_handler_duration_seconds_count", labels),
      ]) {
        expect(await side).toBe(count);
      }
    }
    const labels = { subject, status_class: "2xx" };
    const [waited = 0, worked = 0] = await Promise.all([
      asked("bus_request_duration_seconds_sum", labels),
      answered("bus_handler_duration_seconds_sum", labels),
    ]);
    expect(worked).toBeGreaterThan(0.058);
    expect(waited).toBeGreaterThan(worked - 0.005);
    expect(waited).toBeLessThan(5);
    expect(await answered("bus_handler_duration_seconds_bucket", { ...labels, le: "0.025" })).toBe(0);
    expect(await answered("bus_handler_duration_seconds_bucket", { ...labels, le: "+Inf" })).toBe(2);
  });

  it("count requests that nobody answered", async () => {
    const contract = readContract();
    await requester.request(contract, body);
    const labels = { subject: contract.subject, status_class: "5xx" };
    expect(await asked("bus_request_duration_seconds_count", labels)).toBe(1);
  });
});

describe("claims", () => {
  it("are counted in bytes on the way out and in", async () => {
    const contract = readContract();
    await replier.serve(contract, async () => ok({ text: "y".repeat(1_200_000) }));
    const before = (await asked("bus_claim_check_bytes_total", { direction: "in" })) ?? 0;
    await requester.request(contract, { text: "x".repeat(1_100_000) });
    const bytes = async (read: typeof asked, direction: string) =>
      (await read("bus_claim_check_bytes_total", { direction })) ?? 0;
    expect(await bytes(asked, "out")).toBeGreaterThan(1_100_000);
    expect(await bytes(answered, "in")).toBe(await bytes(asked, "out"));
    expect(await bytes(answered, "out")).toBeGreaterThan(1_200_000);
    expect((await bytes(asked, "in")) - before).toBe(await bytes(answered, "out"));
    await requester.request(contract, body);
    expect(await bytes(asked, "out")).toBeLessThan(1_101_000);
  });
});

describe("drops", () => {
  it("tell of requests that came too late, and of answers that did", async () => {
    const contract = readContract();
    const { subject } = contract;
    await replier.serve(contract, async () => {
      await new Promise((resolve) => setTimeout(resolve, 120));
      return ok({});
    });
    const sent = headers();
    sent.set("Trunkline-Deadline", String(Date.now() - 1));
    lab.bare.publish(subject, JSON.stringify({ request_id: "r1", body }), { headers: sent });
    expect(await requester.request(contract, body, { timeoutMs: 60 })).toMatchObject({ ok: false, status: 504 });
    await vi.waitFor(async () => {
      expect(await answered("bus_dropped_total", { subject, reason: "expired" })).toBe(1);
      expect(await answered("bus_dropped_total", { subject, reason: "late" })).toBe(1);
    });
  });
});

describe("work in flight", () => {
  it("is told while it goes on, and gone when it has ended", async () => {
    const contract = readContract();
    const labels = { subject: contract.subject };
    const gate = Promise.withResolvers<void>();
    const handler = async () => {
      await gate.promise;
      return ok({});
    };
    await replier.serve(contract, handler, { concurrency: 2 });
    const waiting = [1, 2, 3].map(() => requester.request(contract, body));
    await vi.waitFor(async () => {
      expect(await asked("bus_requests_in_flight", labels)).toBe(3);
      expect(await answered("bus_handlers_in_flight", labels)).toBe(2);
      expect(await answered("bus_handlers_waiting", labels)).toBe(1);
    });
    gate.resolve();
    await Promise.all(waiting);
    expect((await asked("bus_requests_in_flight", labels)) ?? 0).toBe(0);
    await vi.waitFor(async () => {
      expect(await answered("bus_handlers_in_flight", labels)).toBe(0);
      expect(await answered("bus_handlers_waiting", labels)).toBe(0);
    });
  });
});

describe("messages", () => {
  it("are counted when they are published and when they are done with", async () => {
    const contract = messageContract();
    const labels = { subject: contract.subject };
    await replier.consume(
      contract,
      async ({ text }) => {
        if (text === "bad") throw new Error("the third party hung up");
      },
      { durable: "lab" },
    );
    for (const text of ["good", "good", "bad"]) await requester.publish(contract, { text });
    expect(await asked("bus_published_total", labels)).toBe(3);
    await vi.waitFor(async () => {
      expect(await answered("bus_consumed_total", { ...labels, outcome: "done" })).toBe(2);
      expect(await answered("bus_consumed_total", { ...labels, outcome: "lost" })).toBe(1);
    });
  });
});
