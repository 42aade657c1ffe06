import { expect, test } from "vitest";
import { differencesOf, explainDifference } from "./compare.ts";
import type { TicketStory } from "./story.ts";

const at = Date.parse("2026-01-14T20:00:00Z");
const story: TicketStory = {
  serial: "VC100",
  openedAt: at,
  status: "Resolved",
  severity: 3,
  entries: [
    { at, text: "opened" },
    { at, text: "severity 3" },
    { at: at + 60_000, text: "LN-1 moved to IPA Investigate" },
  ],
};
const title = "ticket of VC100, severity 3, Resolved";
const lines = [
  "01-14 20:00:00.000 opened",
  "01-14 20:00:00.000 severity 3",
  "01-14 20:01:00.000 LN-1 moved to IPA Investigate",
];

test.each<[string, TicketStory[], { missing: string[]; surplus: string[] } | undefined]>([
  ["the same", [story], undefined],
  ["another order within a moment", [{ ...story, entries: story.entries.toReversed() }], undefined],
  ["a missing ticket", [], { missing: [title, ...lines], surplus: [] }],
  ["a doubled ticket", [story, story], { missing: [], surplus: [title, ...lines] }],
  ["a missing entry", [{ ...story, entries: story.entries.slice(1) }], { missing: lines.slice(0, 1), surplus: [] }],
  [
    "a doubled entry",
    [{ ...story, entries: [...story.entries, ...story.entries.slice(0, 1)] }],
    { missing: [], surplus: lines.slice(0, 1) },
  ],
  [
    "another severity",
    [{ ...story, severity: 2 }],
    { missing: [title], surplus: ["ticket of VC100, severity 2, Resolved"] },
  ],
])("%s", (_, found, difference) => {
  expect(differencesOf([story], found)).toEqual(
    difference === undefined ? [] : [{ serial: "VC100", openedAt: at, ...difference }],
  );
});

test("a difference is explained by what happened to the edge", () => {
  const [difference] = differencesOf([story], [{ ...story, entries: story.entries.slice(1) }]);
  if (difference === undefined) throw new Error("there is no difference");
  const edge = { id: 70, name: "ACME-0007", serial: "VC100", haSerial: null, host: "vco1.example.net", siteId: 1 };
  const facts = { ...edge, utcOffsetMinutes: -300, monitored: true, links: [] };
  const events = [
    { kind: "fail-link", at: at - 200_000, edge: 70, interface: "GE1" },
    { kind: "fail-link", at: at - 200_000, edge: 71, interface: "GE9" },
  ] as const;
  const plan = { start: at, end: at, events };
  expect(explainDifference(difference, { edges: [facts], plan, found: [] })).toBe(
    [
      "ticket of VC100, opened 01-14 20:00:00.000 (edge ACME-0007 on vco1.example.net)",
      "  - expected, not found: 01-14 20:00:00.000 opened",
      "  what happened to the edge:",
      "      01-14 19:56:40.000 fail-link GE1",
      "  what was found:",
      "      no such ticket",
    ].join("\n"),
  );
});
