import { expect, test } from "vitest";
import { collectProblems } from "./problems.ts";

const away = { subject: "bruin.get.site", status: 504, transient: true };
const unknown = { subject: "bruin.get.site", status: 404, transient: false };

test("without problems there is nothing to tell and nothing to repeat", () => {
  const problems = collectProblems();
  expect(problems.lines()).toEqual([]);
  expect(problems.worthRetrying).toBe(false);
});

test("what happened to several edges is one line, with the first serials", () => {
  const problems = collectProblems();
  problems.failed({ ...away, subject: "get.links.with.edge.info" });
  for (let edge = 1; edge <= 12; edge += 1) problems.failed(away, `VC${edge}`);
  problems.stale("VC1", true);
  problems.stale("VC2", false);
  problems.duplicate("VC3");
  expect(problems.lines()).toEqual([
    "get.links.with.edge.info answered 504",
    "bruin.get.site answered 504 for 12 edges (VC1, VC2, VC3, VC4, VC5, VC6, VC7, VC8, VC9, VC10, ...)",
    "1 edge (VC1) kept as before",
    "1 edge (VC2) not monitored until a refresh succeeds",
    "1 edge (VC3) with several active inventory items, of which the first is used",
  ]);
});

test("only what may pass is worth another try soon", () => {
  const problems = collectProblems();
  problems.failed(unknown, "VC1");
  expect(problems.worthRetrying).toBe(false);
  problems.failed(away, "VC2");
  expect(problems.worthRetrying).toBe(true);
});
