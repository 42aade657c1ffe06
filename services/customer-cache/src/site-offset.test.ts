import { expect, test } from "vitest";
import { siteOffset } from "./site-offset.ts";

const summer = new Date("2026-07-01T12:00:00Z");
const winter = new Date("2026-01-05T12:00:00Z");

function site(timeZone: string | null, state: string | null = null) {
  return { timeZone, address: { address: null, city: null, state, zip: null, country: null } };
}

test.each([
  ["Eastern", null, summer, -4],
  ["Eastern", null, winter, -5],
  ["Pacific", "FL", summer, -7],
  ["Arizona", null, summer, -7],
  [null, "FL", summer, -4],
  [null, "tx ", winter, -6],
  [null, "AZ", summer, -7],
  ["", "CO", summer, -6],
  ["Martian", "CA", winter, -8],
  [null, null, summer, 5.5],
  [null, "XX", winter, 5.5],
])("zone %j, state %j at %s is %d", (timeZone, state, now, offset) => {
  expect(siteOffset(site(timeZone, state), now, "Asia/Kolkata")).toBe(offset);
});

test("a site without an address has the fallback's offset", () => {
  expect(siteOffset({ timeZone: null, address: null }, winter, "UTC")).toBe(0);
  expect(siteOffset({ timeZone: null, address: null }, winter, "America/St_Johns")).toBe(-3.5);
});
