import type { Answer } from "@trunkline/http";
import { ThirdPartyError } from "@trunkline/http";
import { expect, test } from "vitest";
import { logsOutcome, noAnswer, orderOutcome } from "./outcome.ts";

const answer = (status: number, body: unknown = null): Answer => ({ status, headers: {}, body });

const started = { Message: "DiGi Device Recovery started", VeloSerial: "VC1", error: null };
const aborted = { Message: "DiGi Device Recovery Aborted: no such ticket" };

test.each([
  [answer(200, [started]), 200, [started]],
  [answer(202, [started]), 200, [started]],
  [answer(200, started), 200, started],
  [answer(200, []), 200, []],
  [answer(200, [started, aborted]), 400, [started, aborted]],
  [answer(200, aborted), 400, aborted],
  [answer(200, [{ error: "No device" }]), 400, [{ error: "No device" }]],
  [answer(200, { error: { code: 7 } }), 400, { error: { code: 7 } }],
  [answer(200, ["Aborted"]), 200, ["Aborted"]],
  [answer(200, "started"), 500, "Got an unexpected answer from DiGi"],
  [answer(204), 500, "Got an unexpected answer from DiGi"],
  [answer(400, { error: "bad" }), 500, { error: "bad" }],
  [answer(401, { error: "invalid_token" }), 500, { error: "invalid_token" }],
  [answer(503), 500, "Got 503 from DiGi"],
])("an order that is answered with %j is a %i", (from, status, body) => {
  expect(orderOutcome(from)).toEqual({ status, body });
});

const page = { Logs: [], Count: 0, Size: "50", Offset: "0" };
const invalid = { Error: { Code: "40002", Message: "not a valid timestamp" } };

test.each([
  [answer(200, page), 200, page],
  [answer(200, invalid), 400, invalid],
  [answer(200, []), 500, "Got an unexpected answer from DiGi"],
  [answer(200, 5), 500, "Got an unexpected answer from DiGi"],
  [answer(404, { Message: "none" }), 500, { Message: "none" }],
  [answer(429), 500, "Got 429 from DiGi"],
])("a question that is answered with %j is a %i", (from, status, body) => {
  expect(logsOutcome(from)).toEqual({ status, body });
});

test("a login that failed is told in the words that requesters know", () => {
  const error = new ThirdPartyError("login-failed", { system: "digi", host: "digi.example.net" });
  expect(noAnswer(error)).toEqual({
    status: 401,
    body: "The token is not created yet. Please try in a few seconds",
  });
});
