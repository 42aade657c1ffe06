import { expect, test } from "vitest";
import { readAnswer } from "./answer.ts";
import type { Call } from "./types.ts";

const now = new Date("2026-01-05T10:00:00Z");

function read(text: string, headers: Record<string, string> = {}, status = 200, expects?: Call["expects"]) {
  return readAnswer({ status, headers, bytes: Buffer.from(text) }, expects, now);
}

test.each([
  ["", null],
  [" \n", null],
  ["null", null],
  ["0", 0],
  ['"a"', "a"],
  ['\ufeff{"a":1}', { a: 1 }],
])("%j holds %j", (text, body) => {
  expect(read(text)).toEqual({ status: 200, headers: {}, body });
});

test.each([
  ["hello", {}, "not-json"],
  ["{]}", {}, "not-json"],
  ['{"a":1', {}, "truncated"],
  ['[{"a":1},', {}, "truncated"],
  ["[1]", { "content-type": "text/html; charset=utf-8" }, "not-json"],
])("%j with %j is unreadable: %s", (text, headers, reason) => {
  expect(() => read(text, headers)).toThrow(reason);
});

const html = { "content-type": "text/html" };

test.each([
  ["", {}, 200, { body: null, text: "" }],
  ["OK", {}, 200, { body: null, text: "OK" }],
  ['{"a":1}', html, 200, { body: { a: 1 } }],
  ["<html>", html, 502, { body: null, text: "<html>" }],
  ['{"a":', {}, 500, { body: null, text: '{"a":' }],
])("where words are welcome, %j with %j and %i is what it says", (text, headers, status, answer) => {
  expect(read(text, headers, status, "json-or-text")).toEqual({ status, headers, ...answer });
});

test.each([
  ['{"a":1', {}, "truncated"],
  ['"O', {}, "truncated"],
  ["hello", html, "not-json"],
  ["<!doctype html>", {}, "not-json"],
])("even there, %j with %j is unreadable: %s", (text, headers, reason) => {
  expect(() => read(text, headers, 200, "json-or-text")).toThrow(reason);
});

test("of a long error page only the beginning is kept", () => {
  expect(read("x".repeat(10_000), {}, 502).text).toHaveLength(2_000);
});

test.each([
  ["120", 120_000],
  ["Mon, 05 Jan 2026 10:00:30 GMT", 30_000],
  ["Mon, 05 Jan 2026 09:00:00 GMT", 0],
  ["soon", undefined],
])("Retry-After %s is %s ms", (value, milliseconds) => {
  expect(read("", { "retry-after": value }, 429).retryAfterMs).toBe(milliseconds);
});
