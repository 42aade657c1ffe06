import { expect, test } from "vitest";
import { headStart } from "./claim.ts";

const keys = Array.from({ length: 300 }, (_, index) => `sweep:vco${index}.example.net`);
const replicas = ["a5b1", "77fe", "0c9d"];

function preferred(key: string): string | undefined {
  return [...replicas].sort((a, b) => headStart(a, key, 300) - headStart(b, key, 300))[0];
}

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
