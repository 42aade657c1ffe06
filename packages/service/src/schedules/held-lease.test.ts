import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LeaseLost } from "../errors.ts";
import { hold } from "./held-lease.ts";
import type { LeaseStore } from "./lease-store.ts";

const logger = pino({ level: "silent" });

/** A store whose renewals answer as the script says: true, false, an error, or never. */
function scripted(script: (boolean | Error | "never")[]) {
  const calls: string[] = [];
  const store: LeaseStore = {
    claim: () => Promise.reject(new Error("not asked here")),
    renew: () => {
      calls.push("renew");
      const next = script.shift() ?? true;
      if (next === "never") return new Promise(() => undefined);
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    },
    release: async (token, succeeded) => {
      calls.push(`release ${token} ${succeeded}`);
    },
  };
  return { store, calls, lease: hold({ store, fencingToken: 7, ttlMs: 3_000, logger }) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("is renewed four times in its life and kept as long as that goes well", async () => {
  const { lease, calls } = scripted([]);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(lease.signal.aborted).toBe(false);
  expect(calls).toHaveLength(40);
});

test("two failed renewals do no harm", async () => {
  const { lease } = scripted([true, new Error("away"), new Error("away"), true]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(lease.signal.aborted).toBe(false);
});

test.each([
  ["errors", [new Error("away"), new Error("away"), new Error("away")]],
  ["silence", ["never", "never", "never"] as const],
])("%s for its whole life lose it", async (_name, script) => {
  const { lease } = scripted([...script]);
  await vi.advanceTimersByTimeAsync(2_999);
  expect(lease.signal.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(lease.signal.reason).toBeInstanceOf(LeaseLost);
});

test("is lost at once when another holds it", async () => {
  const { lease } = scripted([false]);
  await vi.advanceTimersByTimeAsync(750);
  expect(lease.signal.reason).toEqual(new LeaseLost(7));
});

test("a released one is neither renewed nor lost any more", async () => {
  const { lease, calls } = scripted([]);
  await lease.release(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calls).toEqual(["release 7 true"]);
  expect(lease.signal.aborted).toBe(false);
});
