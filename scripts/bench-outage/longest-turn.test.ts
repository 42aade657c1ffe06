import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { watchTurns } from "./longest-turn.ts";

test("the longest turn is measured, as it passed and as the thread worked", async () => {
  const watch = watchTurns();
  await sleep(20);
  const end = performance.now() + 60;
  while (performance.now() < end);
  await sleep(20);
  const { elapsedMs, ownMs } = watch.end();
  expect(elapsedMs).toBeGreaterThanOrEqual(59);
  expect(ownMs).toBeGreaterThan(0);
  expect(ownMs).toBeLessThanOrEqual(elapsedMs + 5);
});
