import { expect, test } from "vitest";
import { type FailureReason, ThirdPartyError } from "./errors.ts";

const facts = { system: "bruin", host: "api.bruin.example.net", method: "POST", endpoint: "/api/Ticket/repair" };

test.each<[FailureReason, { transient: boolean; mayHaveArrived: boolean }]>([
  ["refused", { transient: true, mayHaveArrived: false }],
  ["dns", { transient: true, mayHaveArrived: false }],
  ["breaker-open", { transient: true, mayHaveArrived: false }],
  ["busy", { transient: true, mayHaveArrived: false }],
  ["tls", { transient: false, mayHaveArrived: false }],
  ["login-failed", { transient: false, mayHaveArrived: false }],
  ["bad-path", { transient: false, mayHaveArrived: false }],
  ["reset", { transient: true, mayHaveArrived: true }],
  ["timeout", { transient: true, mayHaveArrived: true }],
  ["truncated", { transient: true, mayHaveArrived: true }],
  ["not-json", { transient: false, mayHaveArrived: true }],
  ["too-large", { transient: false, mayHaveArrived: true }],
  ["cancelled", { transient: false, mayHaveArrived: true }],
])("%s: %j", (reason, expected) => {
  expect(new ThirdPartyError(reason, facts)).toMatchObject(expected);
});

test("the message names the system, the endpoint and what happened", () => {
  expect(new ThirdPartyError("reset", { ...facts, code: "ECONNRESET" }).message).toBe(
    "bruin: POST /api/Ticket/repair: reset (ECONNRESET)",
  );
});
