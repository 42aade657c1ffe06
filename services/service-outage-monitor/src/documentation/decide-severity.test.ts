import { expect, it } from "vitest";
import { isAlone } from "./decide-severity.ts";

it.each([
  [["I", "R", "R"], true],
  [["R", "R"], true],
  [[], true],
  [["I", "I"], false],
  [["I", "C", "R"], false],
  [["I", null], false],
])("with details %j the severity may be lowered: %s", (statuses, alone) => {
  expect(isAlone(statuses.map((detailStatus) => ({ detailStatus })))).toBe(alone);
});
