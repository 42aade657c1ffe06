import { expect, test } from "vitest";
import { shortestFloat } from "./shortest-float.ts";

test.each([
  [0.9484384655952454, 0.94843847],
  [Math.fround(0.91), 0.91],
  [Math.fround(0.1), 0.1],
  [Math.fround(1 / 3), 0.33333334],
  [0, 0],
  [1, 1],
  [Math.fround(1e-20), 1e-20],
  [Math.fround(16_777_215), 16_777_215],
])("%d is %d in 32 bits", (value, shortest) => {
  expect(shortestFloat(value)).toBe(shortest);
});

test("whatever it is, it is the same number of 32 bits", () => {
  for (let bits = 0x3f800000; bits > 0x30000000; bits -= 999_983) {
    const value = new Float32Array(new Uint32Array([bits]).buffer)[0] ?? 0;
    expect(Math.fround(shortestFloat(value))).toBe(value);
  }
});
