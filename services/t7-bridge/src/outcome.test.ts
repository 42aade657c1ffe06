import { GrpcError, type GrpcFailureReason } from "@trunkline/grpc";
import { expect, test } from "vitest";
import { explainFailure } from "./outcome.ts";

const failure = (reason: GrpcFailureReason) =>
  new GrpcError(reason, "no upstream", { system: "t7", host: "kre.example.net", method: "Prediction" });

test.each([
  ["INTERNAL", 400],
  ["UNAUTHENTICATED", 401],
  ["PERMISSION_DENIED", 403],
  ["UNIMPLEMENTED", 404],
  ["DEADLINE_EXCEEDED", 408],
  ["cancelled", 408],
  ["UNAVAILABLE", 500],
  ["RESOURCE_EXHAUSTED", 500],
  ["UNKNOWN", 500],
] as const)("%s is told as %i with its details", (reason, status) => {
  expect(explainFailure(failure(reason))).toEqual({ status, body: "Grpc error details: no upstream" });
});

test.each(["breaker-open", "busy"] as const)("%s is told as 503, because T7 was not asked", (reason) => {
  expect(explainFailure(failure(reason))).toMatchObject({ status: 503, body: expect.stringContaining("T7") });
});

test.each([failure("bad-message"), new TypeError("ours")])("a fault of our own is not blamed on T7", (error) => {
  expect(() => explainFailure(error)).toThrow(error);
});
