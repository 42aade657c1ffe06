import { expect, test } from "vitest";
import { z } from "zod";
import { fieldErrors } from "./field-errors.ts";

const body = z.looseObject({
  email_id: z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]),
  reply: z.string(),
  html: z.boolean().default(true),
  interval: z.record(z.string(), z.unknown()).optional(),
  metrics: z.array(z.string()).optional(),
});
const about = (value: unknown) => fieldErrors("MessageBody", value, body.safeParse(value).error as z.ZodError);
const good = { email_id: "7", reply: "x" };

test.each([
  [undefined, "NoneType"],
  [null, "NoneType"],
  ["x", "str"],
  [5, "int"],
  [5.5, "float"],
  [true, "bool"],
  [[], "list"],
])("a body that is %j is no dict", (value, type) => {
  expect(about(value)).toEqual([
    { loc: ["__root__"], msg: `MessageBody expected dict not ${type}`, type: "type_error" },
  ]);
});

test.each([
  [{ email_id: "x" }, "email_id", "value is not a valid integer", "type_error.integer"],
  [{ email_id: 1.5 }, "email_id", "value is not a valid integer", "type_error.integer"],
  [{ email_id: null }, "email_id", "none is not an allowed value", "type_error.none.not_allowed"],
  [{ email_id: undefined }, "email_id", "field required", "value_error.missing"],
  [{ reply: 5 }, "reply", "str type expected", "type_error.str"],
  [{ html: "perhaps" }, "html", "value could not be parsed to a boolean", "type_error.bool"],
  [{ interval: 5 }, "interval", "value is not a valid dict", "type_error.dict"],
  [{ metrics: 5 }, "metrics", "value is not a valid list", "type_error.list"],
])("%j is told of by its field", (change, field, msg, type) => {
  expect(about({ ...good, ...change })).toEqual([{ loc: [field], msg, type }]);
});

test("every wrong field is told of, at its place", () => {
  expect(about({ metrics: ["x", 5] }).map(({ loc }) => loc)).toEqual([["email_id"], ["reply"], ["metrics", 1]]);
});
