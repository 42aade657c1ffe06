import { expect, test } from "vitest";
import { randomHex, shortId } from "./random-id.ts";

test("ids have 22 characters that cannot be mistaken for one another, and do not repeat", () => {
  const ids = Array.from({ length: 5000 }, shortId);
  expect(new Set(ids).size).toBe(5000);
  for (const id of ids) expect(id).toMatch(/^[2-9A-HJ-NP-Za-km-z]{22}$/);
});

test("every character is about as frequent as the others", () => {
  const counts = new Map<string, number>();
  for (let i = 0; i < 4000; i++) for (const char of shortId()) counts.set(char, (counts.get(char) ?? 0) + 1);
  const expected = (4000 * 22) / 57;
  expect(counts.size).toBe(57);
  for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(expected * 0.2);
});

test("hexadecimal ids have two digits a byte", () => {
  expect(randomHex(16)).toMatch(/^[0-9a-f]{32}$/);
  expect(randomHex(8)).not.toBe(randomHex(8));
});
