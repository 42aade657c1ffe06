import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createReadiness } from "./readiness.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("names what does not hold, whatever way it fails to", async () => {
  const readiness = createReadiness();
  readiness.enter("ready");
  readiness.add("fine", () => true);
  readiness.add("not yet", () => false);
  readiness.add("broken", () => Promise.reject(new Error("refused")));
  readiness.add("silent", () => new Promise(() => undefined));
  const failing = readiness.failing();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await failing).toEqual(["not yet", "broken", "silent"]);
});

test("is not ready before it has started, nor once it stops", async () => {
  const readiness = createReadiness();
  expect(await readiness.failing()).toEqual(["starting"]);
  readiness.enter("ready");
  expect(await readiness.failing()).toEqual([]);
  readiness.enter("stopping");
  expect(await readiness.failing()).toEqual(["stopping"]);
});
