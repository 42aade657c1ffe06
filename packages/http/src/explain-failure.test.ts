import { expect, test } from "vitest";
import { type FailureReason, ThirdPartyError } from "./errors.ts";
import { explainFailure } from "./explain-failure.ts";

const failure = (reason: FailureReason) =>
  new ThirdPartyError(reason, { system: "acme", host: "api.acme.example.net" });

test.each([
  ["refused", 500, "Error while connecting to Acme"],
  ["reset", 500, "Error while connecting to Acme"],
  ["dns", 500, "Error while connecting to Acme"],
  ["tls", 500, "Error while connecting to Acme"],
  ["bad-path", 500, "Error while connecting to Acme"],
  ["timeout", 504, "Acme did not answer in time"],
  ["cancelled", 504, "Acme did not answer in time"],
  ["not-json", 502, "Acme's answer could not be read"],
  ["truncated", 502, "Acme's answer could not be read"],
  ["too-large", 502, "Acme's answer could not be read"],
  ["breaker-open", 503, "Acme is not called for a while because too much failed or waits"],
  ["busy", 503, "Acme is not called for a while because too much failed or waits"],
  ["login-failed", 401, "Login to Acme failed"],
] satisfies [FailureReason, number, string][])("no answer because of %s is a %i", (reason, status, body) => {
  expect(explainFailure(failure(reason), "Acme")).toEqual({ status, body });
});

test("a bridge may have its own texts", () => {
  const texts = { unreachable: "Acme is away", loginFailed: "try later" };
  expect(explainFailure(failure("dns"), "Acme", texts).body).toBe("Acme is away");
  expect(explainFailure(failure("login-failed"), "Acme", texts).body).toBe("try later");
});

test("a fault of our own is not explained away", () => {
  expect(() => explainFailure(new RangeError("bug"), "Acme")).toThrow(RangeError);
});
