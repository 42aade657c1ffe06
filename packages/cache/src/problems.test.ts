import { expect, test } from "vitest";
import { collectProblems } from "./problems.ts";
import { naming } from "./testing/probe.ts";

const away = { subject: "bruin.get.site", status: 504, transient: true };
const unknown = { subject: "bruin.get.site", status: 404, transient: false };

test("without problems there is nothing to tell and nothing to repeat", () => {
  const problems = collectProblems(naming.nouns);
  expect(problems.lines()).toEqual([]);
  expect(problems.worthRetrying).toBe(false);
});

test("what happened to several entries is one line, with the first serials", () => {
  const problems = collectProblems(naming.nouns);
  problems.failed({ ...away, subject: "hawkeye.probe.request" });
  for (let probe = 1; probe <= 12; probe += 1) problems.failed(away, `P${probe}`);
  problems.stale("P1", true);
  problems.stale("P2", false);
  problems.note("nothing else came through");
  expect(problems.lines()).toEqual([
    "hawkeye.probe.request answered 504",
    "bruin.get.site answered 504 for 12 probes (P1, P2, P3, P4, P5, P6, P7, P8, P9, P10, ...)",
    "1 probe (P1) kept as before",
    "1 probe (P2) not monitored until a refresh succeeds",
    "nothing else came through",
  ]);
});

test("only what may pass is worth another try soon", () => {
  const problems = collectProblems(naming.nouns);
  problems.failed(unknown, "P1");
  expect(problems.worthRetrying).toBe(false);
  problems.failed(away, "P2");
  expect(problems.worthRetrying).toBe(true);
});
