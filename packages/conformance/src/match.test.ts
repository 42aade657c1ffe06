import { expect, test } from "vitest";
import { differenceOf } from "./match.ts";

test.each([
  [null, null],
  [{ a: [1, { b: "x" }] }, { a: [1, { b: "x" }] }],
  [
    { a: 1, b: 2 },
    { b: 2, a: 1 },
  ],
  [{ id: { $match: "[0-9]+" } }, { id: "12" }],
  [{ id: { $any: true } }, { id: null }],
  [{ $any: true }, [1]],
])("%j fits %j", (expected, actual) => {
  expect(differenceOf(expected, actual, "body")).toBeUndefined();
});

test.each([
  [1, "1", 'body is "1" rather than 1'],
  [null, undefined, "body is missing rather than null"],
  [[1, 2], [1], "body has 1 items rather than 2"],
  [[1, 2], [1, 3], "body[1] is 3 rather than 2"],
  [{ a: { b: 1 } }, { a: { b: 2 } }, "body.a.b is 2 rather than 1"],
  [{ a: 1 }, { a: 1, b: 2 }, "body.b is 2 where nothing is expected"],
  [{ a: 1, b: 2 }, { a: 1 }, "body.b is missing; 2 is expected"],
  [[], {}, "body is {} rather than []"],
  [{ $match: "[0-9]+" }, "12a", 'body is "12a" rather than a text like /^(?:[0-9]+)$/s'],
  [{ $match: "[0-9]+" }, 12, "body is 12 rather than a text like /^(?:[0-9]+)$/s"],
  [{ a: { $any: true } }, {}, 'body.a is missing; {"$any":true} is expected'],
  [{ $any: true, b: 1 }, 7, 'body is 7 rather than {"$any":true,"b":1}'],
])("%j does not fit %j", (expected, actual, difference) => {
  expect(differenceOf(expected, actual, "body")).toBe(difference);
});
