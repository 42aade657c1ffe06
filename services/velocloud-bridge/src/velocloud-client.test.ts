import type { Answer } from "@trunkline/http";
import { expect, test } from "vitest";
import { isSessionOver, messageOf } from "./velocloud-client.ts";

test.each([
  [200, { error: { code: -32000, message: "tokenError [expired session cookie]" } }, true],
  [200, { error: { message: "tokenError [invalid session cookie]" } }, true],
  [401, null, true],
  [200, { error: { message: "An error occurred while processing your request" } }, false],
  [200, [{ error: { message: "tokenError" } }], false],
  [200, { error: "tokenError" }, false],
  [400, { error: { message: "bad" } }, false],
])("an answer %i with %j ends the session: %j", (status, body, over) => {
  const answer: Answer = { status, headers: {}, body };
  expect(isSessionOver(answer)).toBe(over);
});

test.each([
  [{ error: { code: 1, message: "bad" } }, "bad"],
  [{ error: { message: 5 } }, undefined],
  [{ error: null }, undefined],
  [null, undefined],
  ["error", undefined],
])("the message of %j is %j", (body, message) => {
  expect(messageOf(body)).toBe(message);
});
