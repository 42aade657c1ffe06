import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createOutbox, type OutgoingEvent } from "./outbox.ts";

describe("events waiting for a reader", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  async function all(outbox: ReturnType<typeof createOutbox>): Promise<OutgoingEvent[]> {
    const found: OutgoingEvent[] = [];
    for await (const event of outbox.events) {
      found.push(event);
      if (event.type === "end") outbox.close();
    }
    return found;
  }

  it("come in order, before and after the reader has caught up", async () => {
    const outbox = createOutbox();
    outbox.add("message", 1);
    const reading = all(outbox);
    await Promise.resolve();
    outbox.add("message", 2);
    outbox.add("end", 3);
    expect((await reading).map(({ data }) => data)).toEqual([1, 2, 3]);
  });

  it("are thinned out when traffic floods, with a count of what is missing; the rest is never dropped", async () => {
    const outbox = createOutbox();
    for (let index = 0; index < 1_000; index++) outbox.add("nats", index);
    for (let index = 0; index < 300; index++) outbox.add("message", index);
    vi.advanceTimersByTime(1_000);
    outbox.add("nats", "a new second");
    outbox.add("end", null);
    const found = await all(outbox);
    expect(found.filter(({ type }) => type === "message")).toHaveLength(300);
    expect(found.filter(({ type }) => type === "nats")).toHaveLength(201);
    expect(found.find(({ type }) => type === "dropped")?.data).toEqual({ type: "nats", count: 800 });
  });

  it("are given up with the reader that takes none of them", async () => {
    const outbox = createOutbox();
    for (let index = 0; index < 6_000; index++) outbox.add("message", index);
    expect(await all(outbox)).toEqual([]);
  });
});
