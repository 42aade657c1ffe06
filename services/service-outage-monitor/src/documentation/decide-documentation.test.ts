import { expect, it } from "vitest";
import { documentationSteps } from "./decide-documentation.ts";
import type { CreationOutcome } from "./ticket-creation.ts";

const lines = ["lines to IPA", "lines to workers later"];

it.each<[CreationOutcome, string[]]>([
  [
    "created",
    [
      "forget forwards",
      "count created",
      "tell created",
      "triage note",
      "severity",
      "HNOC later",
      "tell all down",
      "reboot modems",
      ...lines,
    ],
  ],
  ["already-open", ["severity if alone", "HNOC later", "follow up modems", ...lines]],
  [
    "still-resolved",
    [
      "reopen",
      "forget forwards (after reopen)",
      "tell reopened (after reopen)",
      "re-opening note (after reopen)",
      "count reopened (after reopen)",
      "severity if alone",
      "HNOC later (after reopen)",
      "reboot modems",
      "lines to IPA",
      "lines to workers later (after reopen)",
    ],
  ],
  ["reopened", ["forget forwards", "count reopened", "re-opening note", "severity if alone", "HNOC later", ...lines]],
  ["new-detail", ["forget forwards", "count reopened", "triage note", "severity", "HNOC later", ...lines]],
])("%s: %j", (outcome, steps) => {
  const names = documentationSteps(outcome, true).map(({ name, after }) =>
    after === undefined ? name : `${name} (after ${after})`,
  );
  expect(names).toEqual(steps);
});

it.each<[CreationOutcome, string]>([
  ["created", "acknowledge"],
  ["already-open", "remind"],
  ["still-resolved", "acknowledge"],
  ["reopened", "acknowledge"],
  ["new-detail", "acknowledge"],
])("%s, and nobody at HNOC can help: %s the customer instead, and no worker", (outcome, instead) => {
  const names = documentationSteps(outcome, false).map(({ name }) => name);
  const forHnoc = documentationSteps(outcome, true).map(({ name }) => name);
  const expected = forHnoc.filter((name) => name !== "lines to workers later");
  expect(names).toEqual(expected.map((name) => (name === "HNOC later" ? instead : name)));
});
