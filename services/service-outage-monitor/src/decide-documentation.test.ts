import { expect, it } from "vitest";
import { documentationSteps } from "./decide-documentation.ts";
import type { CreationOutcome } from "./ticket-creation.ts";

it.each<[CreationOutcome, string[]]>([
  ["created", ["count created", "tell created", "triage note", "severity"]],
  ["already-open", ["severity if alone"]],
  [
    "still-resolved",
    [
      "reopen",
      "tell reopened (after reopen)",
      "re-opening note (after reopen)",
      "count reopened (after reopen)",
      "severity if alone",
    ],
  ],
  ["reopened", ["count reopened", "re-opening note", "severity if alone"]],
  ["new-detail", ["count reopened", "triage note", "severity"]],
])("%s: %j", (outcome, steps) => {
  const names = documentationSteps(outcome).map(({ name, after }) =>
    after === undefined ? name : `${name} (after ${after})`,
  );
  expect(names).toEqual(steps);
});
