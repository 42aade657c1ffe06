import { expect, test } from "vitest";
import { effectProblems } from "./effects.ts";

const effect = (subject: string, body: unknown, withheld = false) => ({ subject, body, withheld });
const actual = [
  effect("ticket.open", { id: 1, service: "VC1" }),
  effect("slack", { message: "opened 1" }),
  effect("ticket.note", { id: 1, text: "why" }),
];

test.each([
  ["in order", [{ "ticket.open": { id: 1 } }, { slack: {} }, { "ticket.note": { text: "why" } }]],
  ["where the order is left open", [{ "ticket.open": {} }, { anyOrder: [{ "ticket.note": {} }, { slack: {} }] }]],
])("effects are as expected %s", (_, expected) => {
  expect(effectProblems(expected, actual)).toEqual([]);
});

test("a dry run's effects are expected as withheld", () => {
  const withheld = [effect("ticket.open", { id: 1 }, true)];
  expect(effectProblems([{ withheld: { "ticket.open": { id: 1 } } }], withheld)).toEqual([]);
  expect(effectProblems([{ "ticket.open": { id: 1 } }], withheld).slice(1)).toEqual([
    '  - ticket.open {"id":1}',
    '  + withheld: ticket.open {"id":1}',
  ]);
});

test("the comparison shows what agrees, what differs, what is missing and what is too much", () => {
  const expected = [
    { "ticket.open": { id: 1 } },
    { "ticket.severity": { to: 2 } },
    { slack: { message: { $contains: "closed" } } },
  ];
  expect(effectProblems(expected, actual)).toEqual([
    "effects (- expected, + happened, ~ differs):",
    "    ticket.open",
    '  - ticket.severity {"to":2}',
    "  ~ slack",
    '      message does not contain "closed": "opened 1"',
    '  + ticket.note {"id":1,"text":"why"}',
  ]);
});

test("the wrong order is seen", () => {
  expect(effectProblems([{ slack: {} }, { "ticket.open": {} }, { "ticket.note": {} }], actual)).not.toEqual([]);
});

test("where the order is left open, only what is missing or too much is shown", () => {
  const expected = [{ anyOrder: [{ "ticket.note": {} }, { "ticket.severity": {} }, { slack: {} }] }];
  expect(effectProblems(expected, actual).slice(1)).toEqual([
    '  + ticket.open {"id":1,"service":"VC1"}',
    "    slack",
    "    ticket.note",
    "  - ticket.severity {}",
  ]);
});
