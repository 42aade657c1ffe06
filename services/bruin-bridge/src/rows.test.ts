import { expect, test } from "vitest";
import { rowsIn } from "./rows.ts";

test.each<[unknown, unknown[]]>([
  [{ responses: [1, null] }, [1, null]],
  [{ responses: [] }, []],
  [{ responses: null }, []],
  [{ responses: { 0: 1 } }, []],
  [{}, []],
  [null, []],
  ["responses", []],
])("in %j are the rows %j", (body, rows) => {
  expect(rowsIn(body, "responses")).toEqual(rows);
});
