import type { MsgHdrs } from "nats";
import { headers } from "nats";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { ok } from "./index.ts";
import {
  type BusLab,
  type LabBus,
  type LogLine,
  messageContract,
  openLab,
  readContract,
  writeContract,
} from "./testing/bus-lab.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN = "00f067aa0ba902b7";
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

interface Heard {
  readonly headers: MsgHdrs | undefined;
  readonly envelope: unknown;
}

/** A bare replier that keeps what it hears. */
async function listener(subject: string): Promise<Heard[]> {
  const heard: Heard[] = [];
  const subscription = lab.bare.subscribe(subject, {
    callback: (_error, message) => {
      heard.push({ headers: message.headers, envelope: message.json() });
      if (message.reply) message.respond(JSON.stringify({ body: {}, status: 200 }));
    },
  });
  onTestFinished(() => subscription.unsubscribe());
  await lab.bare.flush();
  return heard;
}

function tracedHeaders() {
  const sent = headers();
  sent.set("traceparent", `00-${TRACE}-${SPAN}-01`);
  sent.set("tracestate", "vendor=abc");
  return sent;
}

const traceparentOf = (heard: Heard | undefined) => heard?.headers?.get("traceparent") ?? "";
const whole = (requestId: string) => JSON.stringify({ request_id: requestId, body });

describe("the trace of a request", () => {
  it("goes on through a handler to what it asks for and publishes", async () => {
    const [outer, inner, message] = [readContract(), readContract(), messageContract()];
    const [asked, published] = [await listener(inner.subject), await listener(message.subject)];
    await replier.serve(outer, async () => {
      await replier.publish(message, body);
      await new Promise((resolve) => setImmediate(resolve));
      const reply = await replier.request(inner, body);
      return ok({ status: reply.status });
    });
    await lab.bare.request(outer.subject, whole("cycle-7"), { timeout: 2_000, headers: tracedHeaders() });
    await lab.bare.flush();
    for (const [heard] of [asked, published]) {
      const [version, trace, span, flags] = traceparentOf(heard).split("-");
      expect([version, trace, flags]).toEqual(["00", TRACE, "01"]);
      expect(span).toMatch(/^[0-9a-f]{16}$/);
      expect(span).not.toBe(SPAN);
      expect(heard?.headers?.get("tracestate")).toBe("vendor=abc");
      expect(heard?.headers?.get("Trunkline-Request-Id")).toBe("cycle-7");
      expect(heard?.envelope).toEqual({ request_id: "cycle-7", body });
    }
    expect(traceparentOf(asked[0])).not.toBe(traceparentOf(published[0]));
  });

  it("goes on through a message to what its handler asks for", async () => {
    const [message, inner] = [messageContract(), readContract()];
    const asked = await listener(inner.subject);
    await replier.consume(message, async () => void (await replier.request(inner, body)), { durable: "lab" });
    lab.bare.publish(message.subject, whole("cycle-8"), { headers: tracedHeaders() });
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    expect(traceparentOf(asked[0])).toContain(TRACE);
    expect(asked[0]?.envelope).toMatchObject({ request_id: "cycle-8" });
  });

  it("is not mixed up with that of others handled at the same time", async () => {
    const [outer, inner] = [readContract(), readContract()];
    const asked = await listener(inner.subject);
    await replier.serve(outer, async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      await replier.request(inner, body);
      return ok({});
    });
    const traces = Array.from({ length: 10 }, (_, index) => index.toString(16).padStart(32, "a"));
    await Promise.all(
      traces.map((trace) => {
        const sent = headers();
        sent.set("traceparent", `00-${trace}-${SPAN}-00`);
        return lab.bare.request(outer.subject, whole(`request of ${trace}`), { timeout: 2_000, headers: sent });
      }),
    );
    const pairs = asked.map((heard) => [
      traceparentOf(heard).split("-").slice(1).toSpliced(1, 1).join("-"),
      (heard.envelope as { request_id: string }).request_id,
    ]);
    expect(pairs.sort()).toEqual(traces.map((trace) => [`${trace}-00`, `request of ${trace}`]).sort());
  });

  it.each(["", "garbage", `00-${"0".repeat(32)}-${SPAN}-01`])(
    "begins anew after the header %j",
    async (traceparent) => {
      const [outer, inner] = [readContract(), readContract()];
      const asked = await listener(inner.subject);
      await replier.serve(outer, async () => ok(await replier.request(inner, body)));
      const sent = headers();
      if (traceparent !== "") sent.set("traceparent", traceparent);
      await lab.bare.request(outer.subject, whole("r1"), { timeout: 2_000, headers: sent });
      expect(traceparentOf(asked[0])).toMatch(/^00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    },
  );
});

describe("log lines", () => {
  /** Lines that were logged during the work. */
  async function linesOf(bus: LabBus, work: () => Promise<unknown>): Promise<LogLine[]> {
    const count = bus.logs.length;
    await work();
    return bus.logs.slice(count);
  }

  it("of both sides name the request and its trace", async () => {
    const contract = readContract();
    await replier.serve(contract, async (_body, { logger }) => {
      logger.info("looking at the edge");
      throw new Error("the third party hung up");
    });
    let replying: LogLine[] = [];
    const asking = await linesOf(requester, async () => {
      replying = await linesOf(replier, () => requester.request(contract, body, { requestId: "cycle-7" }));
    });
    const { subject } = contract;
    expect(replying).toMatchObject([
      { service: "lab-bridge", subject, request_id: "cycle-7", msg: "looking at the edge" },
      { service: "lab-bridge", subject, request_id: "cycle-7", err: { message: "the third party hung up" } },
    ]);
    expect(asking).toMatchObject([{ service: "lab-monitor", subject, request_id: "cycle-7", status: 500 }]);
    const traces = new Set([...asking, ...replying].map(({ trace_id: trace }) => trace));
    expect([...traces]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
  });

  it("of a refused, an expired and a withheld request name it", async () => {
    const [refused, withheld] = [readContract(), writeContract()];
    await replier.serve(refused, async () => ok({}));
    const lines = await linesOf(replier, async () => {
      await lab.bare.request(refused.subject, JSON.stringify({ request_id: "cycle-7", body: null }));
      const sent = headers();
      sent.set("Trunkline-Deadline", "1000");
      sent.set("Trunkline-Request-Id", "cycle-7");
      lab.bare.publish(refused.subject, whole("cycle-7"), { headers: sent });
      await lab.bare.request(refused.subject, whole("cycle-7"));
    });
    const dry = await lab.bus({ environment: { name: "staging", production: false } });
    lines.push(
      ...(await linesOf(dry, () => dry.request(withheld, body, { idempotencyKey: "k", requestId: "cycle-7" }))),
    );
    const told = lines.filter(({ subject }) => subject === refused.subject || subject === withheld.subject);
    expect(told.length).toBeGreaterThanOrEqual(3);
    expect(told.filter(({ request_id: id }) => id !== "cycle-7")).toEqual([]);
  });

  it("of a message name it at each attempt", async () => {
    const contract = messageContract();
    const lines = await linesOf(replier, async () => {
      const handled = Promise.withResolvers<void>();
      await replier.consume(
        contract,
        async (_body, { logger }) => {
          logger.info("telling Slack");
          handled.resolve();
        },
        { durable: "lab" },
      );
      await requester.publish(contract, body, { requestId: "cycle-7", messageId: "ticket-1" });
      await handled.promise;
    });
    const said = lines.filter(({ msg }) => msg === "telling Slack");
    expect(said).toMatchObject([
      { request_id: "cycle-7", message_id: "ticket-1", attempt: 1, subject: contract.subject },
    ]);
  });
});
