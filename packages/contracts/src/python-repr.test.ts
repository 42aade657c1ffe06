import { expect, test } from "vitest";
import { pythonRepr } from "./python-repr.ts";

test.each([
  [null, "None"],
  [true, "True"],
  [false, "False"],
  [12, "12"],
  [1.5, "1.5"],
  ["vco1.example.net", "'vco1.example.net'"],
  ["Bob's", `"Bob's"`],
  [`Bob's "shop"`, `'Bob\\'s "shop"'`],
  ["a\\b\nc", "'a\\\\b\\nc'"],
  [[1, "a", null], "[1, 'a', None]"],
  [[], "[]"],
  [
    { host: "vco1.example.net", edge_id: 701, tags: { a: [] } },
    "{'host': 'vco1.example.net', 'edge_id': 701, 'tags': {'a': []}}",
  ],
])("%j is %s", (value, text) => {
  expect(pythonRepr(value)).toBe(text);
});
