import { expect, test } from "vitest";
import { answerOf, silenceOf, UNREACHABLE } from "./bruin-answer.ts";

const problem = { message: "no", code: 400 };

test.each([
  [200, 200, problem],
  [204, 204, problem],
  [400, 400, problem],
  [401, 401, "Got 401 from Bruin"],
  [403, 403, problem],
  [404, 404, "Resource not found"],
  [405, 405, problem],
  [409, 409, problem],
  [429, 429, problem],
  [500, 500, "Got internal error from Bruin"],
  [503, 500, "Got internal error from Bruin"],
  [599, 500, "Got internal error from Bruin"],
  [302, 500, "Got internal error from Bruin"],
])("Bruin's %i is answered as %i", (status, replied, body) => {
  expect(answerOf({ status, body: problem })).toEqual({ status: replied, body });
});

test("a call may have texts of its own for 403 and 404", () => {
  const texts = { forbidden: { error: "403 error" }, notFound: "Check mistypings" };
  expect(answerOf({ status: 403, body: problem }, texts)).toEqual({ status: 403, body: { error: "403 error" } });
  expect(answerOf({ status: 404, body: problem }, texts)).toEqual({ status: 404, body: "Check mistypings" });
});

test("silence is a 500 that says why, after the words that requesters know", () => {
  expect(silenceOf("timeout")).toEqual({ status: 500, body: "timeout" });
  expect(silenceOf("timeout", { unreachable: UNREACHABLE.cause })).toEqual({
    status: 500,
    body: "Connection error in Bruin API. Cause: timeout",
  });
});
