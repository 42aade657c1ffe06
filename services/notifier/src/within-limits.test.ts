import { expect, test } from "vitest";
import { withinLimits } from "./within-limits.ts";

const limits = { ofOne: 10, ofAll: 25 };

test.each([
  [
    "all that fit, the oldest first",
    [
      [3, 5],
      [1, 10],
      [2, 10],
    ],
    [1, 2, 3],
  ],
  [
    "no more than fit",
    [
      [1, 10],
      [2, 10],
      [3, 6],
      [4, 1],
    ],
    [1, 2],
  ],
  [
    "a huge one counts as much as is read of it",
    [
      [1, 900],
      [2, 10],
      [3, 5],
    ],
    [1, 2, 3],
  ],
  ["none", [], []],
])("%s", (_, mails, uids) => {
  expect(
    withinLimits(
      mails.map(([uid = 0, bytes = 0]) => ({ uid, bytes })),
      limits,
    ),
  ).toEqual(uids);
});

test("one that is larger than all may be is still read", () => {
  expect(withinLimits([{ uid: 1, bytes: 99 }], { ofOne: 50, ofAll: 25 })).toEqual([1]);
});
