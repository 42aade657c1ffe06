import { describe, expect, test } from "vitest";
import { claim, headStart } from "./claim.ts";
import type { ClaimAnswer, LeaseStore } from "./lease-store.ts";

const keys = Array.from({ length: 300 }, (_, index) => `sweep:vco${index}.example.net`);
const replicas = ["a5b1", "77fe", "0c9d"];

function preferred(key: string): string | undefined {
  return [...replicas].sort((a, b) => headStart(a, key, 300) - headStart(b, key, 300))[0];
}

describe("head start", () => {
  test("keys spread over replicas about evenly", () => {
    const counts = replicas.map((replica) => keys.filter((key) => preferred(key) === replica).length);
    for (const count of counts) expect(count).toBeGreaterThan(60);
  });

  test("a replica's head start for a key stays, and stays inside the window", () => {
    for (const key of keys) {
      const wait = headStart("a5b1", key, 300);
      expect(headStart("a5b1", key, 300)).toBe(wait);
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThan(300);
    }
  });
});

describe("claim", () => {
  const tick = { kind: "tick", at: new Date() } as const;
  const taken = { outcome: "taken", fencingToken: 8 } as const;
  const held = { outcome: "held", fencingToken: 7, expiresInMs: 40 } as const;
  const had = { outcome: "had" } as const;

  test.each<[string, { answers: ClaimAnswer[]; outcome: string; asked: (number | undefined)[] }]>([
    ["a free lease is ours", { answers: [taken], outcome: "ours", asked: [undefined] }],
    ["a tick begun by another", { answers: [had], outcome: "elsewhere", asked: [undefined] }],
    ["a dead holder is succeeded", { answers: [held, taken], outcome: "ours", asked: [undefined, 7] }],
    ["a holder that has renewed lives", { answers: [held, held], outcome: "overlap", asked: [undefined, 7] }],
    ["a holder that has ended lived", { answers: [held, had], outcome: "overlap", asked: [undefined, 7] }],
  ])("%s", async (_name, { answers, outcome, asked }) => {
    const { store, tokens } = scripted(answers);
    const askedAt = performance.now();
    expect(await claim(tick, { ...options(), store })).toMatchObject({ outcome });
    expect(tokens).toEqual(asked);
    // A holder gets all the time that its lease has left.
    if (asked.length > 1) expect(performance.now() - askedAt).toBeGreaterThanOrEqual(held.expiresInMs);
  });

  test("tells of the last success, and ends its waiting when the service stops", async () => {
    const lastSuccess = new Date("2026-01-01T00:00:00Z");
    const heard: Date[] = [];
    const stopping = new AbortController();
    const { store } = scripted([{ ...held, expiresInMs: 60_000 }], lastSuccess);
    const waiting = claim(tick, {
      ...options(),
      store,
      signal: stopping.signal,
      onLastSuccess: (moment) => {
        heard.push(moment);
        stopping.abort();
      },
    });
    await expect(waiting).rejects.toThrow("aborted");
    expect(heard).toEqual([lastSuccess]);
  });

  function options() {
    return { headStartMs: 0, signal: new AbortController().signal, onLastSuccess: () => undefined };
  }

  function scripted(answers: ClaimAnswer[], lastSuccess?: Date) {
    const tokens: (number | undefined)[] = [];
    const store: LeaseStore = {
      claim: async (_occasion, deadToken) => {
        tokens.push(deadToken);
        return { ...(answers.shift() ?? had), lastSuccess };
      },
      renew: async () => true,
      release: async () => undefined,
    };
    return { store, tokens };
  }
});
