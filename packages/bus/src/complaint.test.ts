import { expect, test } from "vitest";
import { z } from "zod";
import { complaintAbout } from "./complaint.ts";

const body = z.looseObject({
  ticket_id: z.number(),
  note: z.string().min(1),
  edge: z.looseObject({ host: z.string() }).optional(),
  tags: z.array(z.object({ id: z.number() })).optional(),
});
const texts = {
  noBody: "no body",
  missingKey: "missing key",
  missingKeys: { note: "missing note" },
  nullKey: "null key",
};
const about = (value: unknown, complaints = {}) => {
  const parsed = body.safeParse(value);
  return parsed.success ? "fine" : complaintAbout(complaints, value, parsed.error);
};

test.each([
  [undefined, 'Must include "body" in request'],
  [null, 'Must include "body" in request'],
  [5, "body: expected object, received number"],
  [{ note: "x" }, "body.ticket_id: expected number, received undefined"],
  [{ ticket_id: "1", note: "x" }, "body.ticket_id: expected number, received string"],
  [{ ticket_id: 1, note: "x", edge: { host: 5 } }, "body.edge.host: expected string, received number"],
  [{ ticket_id: 1, note: "x", tags: [{ id: 1 }, { id: "2" }] }, "body.tags.1.id: expected number, received string"],
  [{ ticket_id: 1, note: "x" }, "fine"],
])("%j: the field and what is wrong with it", (value, text) => {
  expect(about(value)).toBe(text);
});

test.each([
  [undefined, "no body"],
  [null, "no body"],
  [{ note: "x" }, "missing key"],
  [{ ticket_id: "", note: "x" }, "missing key"],
  [{ ticket_id: null, note: "x" }, "null key"],
  [{ ticket_id: 1 }, "missing note"],
  [{ ticket_id: 1, note: "" }, "missing note"],
  [{ ticket_id: 1, note: "x", edge: {} }, "missing key"],
  [{ ticket_id: [], note: "x" }, "body.ticket_id: expected number, received array"],
  [[], "body: expected object, received array"],
])("%j: the contract's own text where it has one", (value, text) => {
  expect(about(value, texts)).toBe(text);
});

test("a null key is a missing one where the contract has no text for it", () => {
  expect(about({ ticket_id: null, note: "x" }, { missingKey: "missing key" })).toBe("missing key");
});

test("a body without any keys may have a text of its own", () => {
  expect(about({}, { emptyBody: "empty", missingKey: "missing key" })).toBe("empty");
  expect(about({}, { missingKey: "missing key" })).toBe("missing key");
  expect(about({ note: "x" }, { emptyBody: "empty", missingKey: "missing key" })).toBe("missing key");
});

test("keys that objects inherit are not there", () => {
  const inherited = z.looseObject({ constructor: z.string() }).safeParse({});
  expect(inherited.success ? "" : complaintAbout({ missingKey: "missing key" }, {}, inherited.error)).toBe(
    "missing key",
  );
});

test.each([
  [{ ticket_id: "x", note: "x" }, "should be an int"],
  [{ ticket_id: 1, note: "" }, "empty"],
  [{ note: "x" }, "missing key"],
  [{ ticket_id: null, note: "x" }, "missing key"],
])("%j: the text for a key that is wrong rather than missing", (value, text) => {
  const wrongKeys = { ticket_id: "should be an int", note: "empty" };
  expect(about(value, { missingKey: "missing key", wrongKeys })).toBe(text);
});

test("a contract with a model complains in a list", () => {
  expect(about(null, { model: "MessageBody", noBody: "no body" })).toEqual([
    { loc: ["__root__"], msg: "MessageBody expected dict not NoneType", type: "type_error" },
  ]);
});
