import { getEventListeners } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withinTime } from "./time-limit.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const until = (signal: AbortSignal) =>
  new Promise<string>((resolve) => signal.addEventListener("abort", () => resolve(signal.reason.name)));

test.each([
  ["a little before the deadline", 10_000, 9_400],
  ["a little before that of somebody in a hurry", 500, 400],
  ["after a minute at the latest", 600_000, 60_000],
])("work ends %s", async (_name, patienceMs, endsAfterMs) => {
  const began = Date.now();
  const { signal } = new AbortController();
  const ended = withinTime({ deadline: began + patienceMs, signal }, until);
  await vi.advanceTimersByTimeAsync(endsAfterMs);
  expect(await ended).toBe("TimeoutError");
  expect(Date.now() - began).toBe(endsAfterMs);
});

test.each([
  async () => "mails",
  async () => {
    throw new Error("none");
  },
])("nothing waits for the deadline of what is done", async (work) => {
  const { signal } = new AbortController();
  await withinTime({ deadline: Date.now() + 90_000, signal }, work).catch(() => undefined);
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("work ends when the service stops", async () => {
  const stopping = new AbortController();
  const ended = withinTime({ deadline: Date.now() + 90_000, signal: stopping.signal }, until);
  stopping.abort();
  expect(await ended).toBe("AbortError");
});
