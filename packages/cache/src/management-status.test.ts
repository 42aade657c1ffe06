import { expect, test } from "vitest";
import { isStatusAmong } from "./management-status.ts";

test.each([
  ["Active – Gold Monitoring", true],
  ["Active - Gold Monitoring", true],
  ["Active — Gold  Monitoring ", true],
  ["Active – Bronze Monitoring", false],
  ["", false],
])("%j: %j", (status, among) => {
  expect(isStatusAmong(status, ["Pending", "Active – Gold Monitoring"])).toBe(among);
});
