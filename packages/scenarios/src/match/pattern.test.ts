import { expect, test } from "vitest";
import { differences, patternProblem } from "./pattern.ts";

const note = { id: 9001, on: ["VC1", "LN-1"], text: "Triage\nType: Link Down", nested: { a: 1, b: null } };

test.each<[string, unknown]>([
  ["nothing in particular", {}],
  ["some of its keys", { id: 9001, nested: { b: null } }],
  ["a list", { on: ["VC1", "LN-1"] }],
  ["a list in any order", { on: { $unordered: ["LN-1", "VC1"] } }],
  ["some of a list", { on: { $includes: ["LN-1"] } }],
  ["a part of a text", { text: { $contains: "Link" } }],
  ["parts of a text", { text: { $contains: ["Triage", "Down"] } }],
  ["a text without a part", { text: { $lacks: "Hard" } }],
  ["an expression, over lines", { text: { $match: "^Triage.*Down$" } }],
  ["anything", { id: { $any: true } }],
  ["an absent key", { other: { $absent: true } }],
])("is like %s", (_, pattern) => {
  expect(patternProblem(pattern)).toBeUndefined();
  expect(differences(pattern, note)).toEqual([]);
});

test.each<[unknown, string]>([
  [{ id: "9001" }, 'id is 9001; expected "9001"'],
  [{ nested: { a: 2 } }, "nested.a is 1; expected 2"],
  [{ nested: { c: 2 } }, "nested.c is missing; expected 2"],
  [{ id: { a: 1 } }, 'id is 9001; expected {"a":1}'],
  [{ on: ["VC1"] }, 'on is ["VC1","LN-1"]; expected ["VC1"]'],
  [{ on: ["VC1", "LN-2"] }, 'on[1] is "LN-1"; expected "LN-2"'],
  [{ on: { $unordered: ["VC1", "VC1"] } }, 'on is not ["VC1","VC1"] in any order: ["VC1","LN-1"]'],
  [{ on: { $includes: ["LN-2"] } }, 'on does not include "LN-2": ["VC1","LN-1"]'],
  [{ text: { $contains: ["Triage", "Hard"] } }, 'text does not contain "Hard": \n  | Triage\n  | Type: Link Down\n'],
  [{ text: { $lacks: "Link" } }, 'text contains "Link": \n  | Triage\n  | Type: Link Down\n'],
  [{ id: { $match: "9" } }, 'id does not match "9": 9001'],
  [{ id: { $absent: true } }, "id is 9001; expected it to be absent"],
  [{ other: { $any: true } }, 'other is missing; expected {"$any":true}'],
])("differs from %j", (pattern, line) => {
  expect(differences(pattern, note)).toEqual([line]);
});

test.each<[unknown, string]>([
  [{ a: [{ $like: 1 }] }, "unknown matcher"],
  [{ $any: true, b: 1 }, "a matcher stands alone"],
  [{ $contains: 5 }, "cannot be 5"],
  [{ $any: false }, "cannot be false"],
  [{ $match: "(" }, 'cannot be "("'],
])("refuses %j as a pattern", (pattern, message) => {
  expect(patternProblem(pattern)?.message).toContain(message);
});
