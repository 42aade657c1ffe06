import { describe, expect, it } from "vitest";
import { add, emptyTally, tallyLine } from "./tally.ts";
import { judged } from "./vitest-run.ts";

const oneOfEach = { passed: 1, failed: ["bus"], skipped: [{ name: "docker", reason: "no engine" }] };

it("the last line is plain", () => {
  expect(tallyLine(add(oneOfEach, { ...emptyTally, passed: 6 }))).toBe("7 passed, 1 failed, 1 skipped");
});

describe("a run of the tests", () => {
  it("is what its report says", () => {
    expect(judged(oneOfEach, 1)).toBe(oneOfEach);
    expect(judged({ ...emptyTally, passed: 2 }, 0).failed).toEqual([]);
  });

  it("fails without a report", () => {
    expect(judged(undefined, 0).failed).toEqual(["vitest ended with 0 and without a report"]);
    expect(judged(undefined, "SIGKILL").failed).toEqual(["vitest ended with SIGKILL and without a report"]);
  });

  it("fails when vitest says so, even if no test does", () => {
    expect(judged({ ...emptyTally, passed: 2 }, 1).failed).toEqual(["vitest ended with 1 although no test failed"]);
  });
});
