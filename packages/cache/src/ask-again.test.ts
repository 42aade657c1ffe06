import { expect, test } from "vitest";
import { askAgain } from "./ask-again.ts";
import type { Asking } from "./ask-peers.ts";

const failed = (status: number, transient: boolean): Asking<string> => ({
  ok: false,
  failure: { subject: "hawkeye.probe.request", status, transient },
});
const answered: Asking<string> = { ok: true, body: "probes" };

test.each([
  ["an answer", [answered], 1],
  ["failures that pass", [failed(503, true), failed(504, true), answered], 3],
  ["a refusal", [failed(403, false), answered], 1],
  ["failures that stay", [failed(503, true), failed(503, true), failed(504, true), answered], 3],
])("of %s, the last that counts is returned", async (_, answers, asked) => {
  let questions = 0;
  const ask = async () => answers[questions++] ?? answered;
  const { signal } = new AbortController();
  expect(await askAgain(ask, { signal, pausesMs: [1, 1] })).toBe(answers[asked - 1]);
  expect(questions).toBe(asked);
});

test("a build that has to stop does not wait for the next attempt", async () => {
  const stop = new AbortController();
  const waiting = askAgain(async () => failed(503, true), { signal: stop.signal, pausesMs: [60_000] });
  stop.abort(new Error("the lease was lost"));
  await expect(waiting).rejects.toThrow("aborted");
});
