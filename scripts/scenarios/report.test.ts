import { stripVTControlCharacters } from "node:util";
import type { Outcome, Scenario } from "@trunkline/scenarios";
import { expect, it } from "vitest";
import { outcomeText, tallyOf } from "./report.ts";

const scenario = { file: `${process.cwd()}/scenarios/a/one.yaml`, line: 3, name: "a link is down" } as Scenario;
const outcomes: readonly [Outcome, string][] = [
  [{ state: "passed", milliseconds: 5 }, "✓ scenarios/a/one.yaml:3  a link is down"],
  [{ state: "skipped", reason: "not built" }, "- scenarios/a/one.yaml:3  a link is down: skipped, not built"],
  [
    { state: "failed", milliseconds: 5, problems: ["effects:", "  + a\nb"] },
    "✗ scenarios/a/one.yaml:3  a link is down\n    effects:\n      + a\n    b",
  ],
];

it.each(outcomes)("says what came of a scenario: %j", (outcome, text) => {
  expect(stripVTControlCharacters(outcomeText(scenario, outcome))).toBe(text);
});

it("counts them like every other run of tests", () => {
  expect(tallyOf(outcomes.map(([outcome]) => ({ scenario, outcome })))).toEqual({
    passed: 1,
    failed: ["scenarios/a/one.yaml:3 a link is down"],
    skipped: [{ name: "scenarios/a/one.yaml:3 a link is down", reason: "not built" }],
  });
});
