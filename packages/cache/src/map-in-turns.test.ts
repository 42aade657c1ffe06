import { expect, test } from "vitest";
import { mapInTurns } from "./map-in-turns.ts";

test("results keep their order, and others get turns between", async () => {
  const turns: number[] = [];
  let mapped = 0;
  const others = setInterval(() => turns.push(mapped), 0);
  const items = Array.from({ length: 5_000 }, (_, index) => index);
  const results = await mapInTurns(items, (item) => {
    mapped += 1;
    const until = performance.now() + 0.02;
    while (performance.now() < until);
    return item * 2;
  });
  clearInterval(others);
  expect(results).toEqual(items.map((item) => item * 2));
  expect(turns.filter((each) => each > 0 && each < items.length).length).toBeGreaterThan(3);
});

test("nothing is mapped to nothing", async () => {
  expect(await mapInTurns([], String)).toEqual([]);
});
