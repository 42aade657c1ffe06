import { type OutageItem, outageItem } from "@trunkline/contracts";
import { DOWN } from "@trunkline/testkit";
import { expect, it } from "vitest";
import { outageIn } from "../testing/outage.ts";
import { lineItems } from "./line-items.ts";

const ADDED = "We'll add an additional line to it";

function item(wtn: string | null, errorCode: number | null, fields: Partial<OutageItem> = {}): OutageItem {
  return outageItem.parse({ ticketId: 9001, inventoryId: 1, wtn, errorMessage: null, errorCode, ...fields });
}

it.each<[string, OutageItem[], { toIpa: string[]; toWorkers: string[] }]>([
  ["a new line", [item("LN-1", null)], { toIpa: ["LN-1"], toWorkers: ["LN-1"] }],
  ["a line that is open already", [item("LN-1", 409)], { toIpa: [], toWorkers: ["LN-1"] }],
  ["a resolved line", [item("LN-1", 471)], { toIpa: ["LN-1"], toWorkers: ["LN-1"] }],
  ["A21: a re-opened line", [item("LN-1", 472)], { toIpa: ["LN-1"], toWorkers: ["LN-1"] }],
  ["a line of a re-opened ticket", [item("LN-1", 473)], { toIpa: ["LN-1"], toWorkers: ["LN-1"] }],
  ["a line that was added", [item("LN-1", 0, { errorMessage: ADDED })], { toIpa: ["LN-1"], toWorkers: ["LN-1"] }],
  [
    "a line that could not be added",
    [item("LN-1", 0, { errorMessage: `${ADDED}. Failed to add additional line` })],
    { toIpa: [], toWorkers: [] },
  ],
  ["a line with code 0 and no words", [item("LN-1", 0)], { toIpa: [], toWorkers: [] }],
  ["a line with another code", [item("LN-1", 499)], { toIpa: [], toWorkers: [] }],
  ["a line without a ticket", [item("LN-1", null, { ticketId: 0 })], { toIpa: [], toWorkers: [] }],
  ["the line of a link that is up", [item("LN-2", null)], { toIpa: [], toWorkers: [] }],
  ["A56: a line that nobody knows", [item("LN-9", null)], { toIpa: [], toWorkers: [] }],
  ["the edge itself and nothing", [item("VC100", null), item(null, null)], { toIpa: [], toWorkers: [] }],
  ["the same line twice", [item("LN-1", null), item("LN-1", null)], { toIpa: ["LN-1"], toWorkers: ["LN-1"] }],
])("%s", (_, items, expected) => {
  expect(lineItems({ message: null, items }, outageIn({ GE1: DOWN }))).toEqual(expected);
});

it("an answer without items is about no line", () => {
  expect(lineItems(9001, outageIn({ GE1: DOWN }))).toEqual({ toIpa: [], toWorkers: [] });
});
