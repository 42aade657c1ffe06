import { expect, test } from "vitest";
import { tally } from "./once-each.ts";

const trouble = { serial: "VC100", lines: ["LN-1"], severity: 3 };
const texts = [
  "opened",
  "LN-1 added",
  "triage note on VC100: Link Down (no HA); GE1 DISCONNECTED",
  "severity 3",
  "LN-1 moved to IPA Investigate",
  "VC100 resolved",
  "LN-1 resolved",
  "ticket resolved",
  "resolved note on VC100",
  "resolved note on LN-1",
];
const slack = ["VC100: ticket created", "VC100: auto-resolved"];
const story = (entries: readonly string[]) => ({
  serial: "VC100",
  openedAt: 0,
  status: "Resolved" as const,
  severity: 3,
  entries: entries.map((text) => ({ at: 0, text })),
});

test("everything once is well", () => {
  expect(tally([trouble], [story(texts)], slack)).toEqual({ doubles: [], missing: [] });
});

test.each(texts)("a doubled or missing entry is found: %s", (text) => {
  expect(tally([trouble], [story([...texts, text])], slack).doubles).toHaveLength(1);
  const { missing } = tally([trouble], [story(texts.filter((each) => each !== text))], slack);
  // That a line was added is told by everything that follows.
  expect(missing).toHaveLength(text.endsWith("added") ? 0 : 1);
});

test("a doubled ticket, a message and a stranger's ticket are found", () => {
  expect(tally([trouble], [story(texts), story(texts)], slack).doubles.length).toBeGreaterThan(8);
  expect(tally([trouble], [story(texts)], [...slack, ...slack]).doubles).toHaveLength(2);
  expect(tally([], [story(texts)], []).doubles).toEqual(["ticket of VC100, expected none"]);
});
