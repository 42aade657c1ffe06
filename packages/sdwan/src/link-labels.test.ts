import { expect, test } from "vitest";
import { isBusinessGrade, isCustomerOwned } from "./link-labels.ts";

test.each([
  ["Acme DIA 50", true],
  ["MPLS", true],
  ["media line", false],
  ["", false],
  [null, false],
])("%s is of business grade: %s", (label, expected) => {
  expect(isBusinessGrade(label, ["DIA", "MPLS"])).toBe(expected);
});

test.each([
  ["BYOB - cable", true],
  ["byob", true],
  ["Customer Owned DSL", true],
  ["Fiber 100M", false],
  [null, false],
])("%s is the customer's: %s", (label, expected) => {
  expect(isCustomerOwned(label, ["byob", "CUSTOMER owned"])).toBe(expected);
});
