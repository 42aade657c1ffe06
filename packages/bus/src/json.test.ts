import { expect, test } from "vitest";
import { NotJsonError } from "./errors.ts";
import { readJson, writeJson } from "./json.ts";

const bytes = (text: string) => Buffer.from(text);

test.each([
  ['{"a":NaN}', { a: null }],
  ["[Infinity,-Infinity, NaN ,1]", [null, null, null, 1]],
  ['{"NaN":NaN,"text":"NaN Infinity"}', { NaN: null, text: "NaN Infinity" }],
  ['{"a":"quote \\" NaN","b":NaN}', { a: 'quote " NaN', b: null }],
  ['{"a":"backslash \\\\","b":NaN}', { a: "backslash \\", b: null }],
  ['{"a":"ends in two \\\\\\" NaN","b":-Infinity}', { a: 'ends in two \\" NaN', b: null }],
  [' {\n"a" : 1 ,\t"b":[ ] } ', { a: 1, b: [] }],
  ['"\\u00e9\\ud83d\\ude00"', "é😀"],
  ['"é😀"', "é😀"],
  ["null", null],
])("%s is read", (text, value) => {
  expect(readJson(bytes(text))).toEqual(value);
});

test.each(["", "{", '{"a":NaN', "NaNa", "_NATS_TMP abc", "{'a':1}", '{"a":1}x', '"NaN', "\uFEFF{}", "undefined"])(
  "%j is no JSON",
  (text) => {
    expect(() => readJson(bytes(text))).toThrow(NotJsonError);
  },
);

test("a string of many megabytes beside a bare token is read", () => {
  const long = `${"\\\\ ".repeat(500_000)}${"x".repeat(3_000_000)}`;
  expect(readJson(bytes(`{"long":"${long}","n":NaN}`))).toMatchObject({ n: null });
});

test("a view into a larger buffer is read alone", () => {
  expect(readJson(bytes("xx[1]yy").subarray(2, 5))).toEqual([1]);
});

test("what JSON has no word for is written as null, never as a bare token", () => {
  expect(writeJson(undefined)).toBe("null");
  expect(writeJson({ a: Number.NaN, b: Number.POSITIVE_INFINITY, c: undefined })).toBe('{"a":null,"b":null}');
});
