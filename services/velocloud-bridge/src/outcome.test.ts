import { type Answer, type FailureReason, ThirdPartyError } from "@trunkline/http";
import { expect, test } from "vitest";
import { explainFailure, readAnswer } from "./outcome.ts";

function answer(status: number, body: unknown = null): Answer {
  return { status, headers: {}, body };
}

const tokenError = { error: { code: -32000, message: "tokenError [expired session cookie]" } };
const refusal = { error: { code: -32600, message: "An error occurred while processing your request" } };

test.each([
  [answer(200, [1]), 200, [1]],
  [answer(202, {}), 202, {}],
])("%j is handed on", (from, status, body) => {
  expect(readAnswer(from)).toEqual({ ok: true, status, body });
});

test.each([
  [answer(500, { any: 1 }), 500, "Got internal error from Velocloud"],
  [answer(512), 500, "Got internal error from Velocloud"],
  [answer(513, { any: 1 }), 513, { any: 1 }],
  [answer(400, refusal), 400, refusal],
  [answer(403, { any: 1 }), 403, { any: 1 }],
  [answer(404), 404, "Got 404 from Velocloud"],
  [answer(429, { any: 1 }), 429, { any: 1 }],
  [answer(302), 302, "Got 302 from Velocloud"],
  [answer(200, tokenError), 401, tokenError],
  [answer(401), 401, "Got 401 from Velocloud"],
  [answer(200, refusal), 500, refusal],
])("%j is refused with %i", (from, status, body) => {
  expect(readAnswer(from)).toEqual({ ok: false, reply: { status, body } });
});

test("a subject may have its own text for 400", () => {
  const on400 = (message: string) => `Got 400 from Velocloud -> ${message}`;
  expect(readAnswer(answer(400, refusal), on400)).toMatchObject({
    reply: { status: 400, body: "Got 400 from Velocloud -> An error occurred while processing your request" },
  });
  expect(readAnswer(answer(400), on400)).toMatchObject({ reply: { body: "Got 400 from Velocloud -> None" } });
});

test.each([
  ["reset", 500, "Error while connecting to Velocloud API"],
  ["timeout", 504, "Velocloud did not answer in time"],
] satisfies [FailureReason, number, string][])("no answer because of %s is a %i", (reason, status, body) => {
  const error = new ThirdPartyError(reason, { system: "velocloud", host: "vco1.example.net" });
  expect(explainFailure(error)).toEqual({ status, body });
});
