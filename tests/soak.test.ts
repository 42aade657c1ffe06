import { pino } from "pino";
import { expect, it } from "vitest";
import { playDay } from "../scripts/soak/day.ts";

/** A short day: `npm run soak` plays long ones. */
it.each([2, 3, 4])("day %i leaves behind what the rules say, whatever is killed on the way", async (seed) => {
  const logger = pino({ level: "silent" });
  const { explanations, losses, expected, kills, lostCalls } = await playDay({ seed, hours: 2, edges: 40, logger });
  expect(explanations.join("\n\n")).toBe("");
  expect(losses).toEqual([]);
  expect(expected.length).toBeGreaterThan(3);
  expect(kills).toBeGreaterThan(0);
  expect(lostCalls).toBeGreaterThan(0);
});
