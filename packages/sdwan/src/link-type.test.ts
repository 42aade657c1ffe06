import { expect, test } from "vitest";
import { linkTypeOf } from "./link-type.ts";

const configuration = [
  { interfaces: ["GE1"], mode: "PUBLIC", type: "WIRED" },
  { interfaces: ["GE3", "USB1"], mode: "PRIVATE", type: "WIRELESS" },
  { interfaces: ["GE4"], mode: "PUBLIC", type: null },
];

test.each([
  ["GE1", { mode: "PUBLIC", type: "WIRED" }],
  ["USB1", { mode: "PRIVATE", type: "WIRELESS" }],
  ["GE4", null],
  ["GE9", null],
  [null, null],
])("%s is %j", (name, type) => {
  expect(linkTypeOf(configuration, name)).toEqual(type);
});
