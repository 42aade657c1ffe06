import { RetryLater, Undeliverable } from "@trunkline/bus";
import { expect, test } from "vitest";
import { throwUnlessTaken } from "./slack.ts";

test.each([200, 204])("%i is delivered", (status) => {
  expect(() => throwUnlessTaken({ status })).not.toThrow();
});

test.each([400, 413])("%i will never be delivered", (status) => {
  expect(() => throwUnlessTaken({ status, text: "invalid_payload" })).toThrow(
    new Undeliverable(`Slack answered ${status} invalid_payload`),
  );
});

test.each([302, 401, 403, 404, 410, 429, 500, 503])("%i may be delivered later", (status) => {
  expect(() => throwUnlessTaken({ status })).toThrow(RetryLater);
});

test("the pause that Slack asks for is kept", () => {
  expect(() => throwUnlessTaken({ status: 429, retryAfterMs: 30_000 })).toThrow(
    expect.objectContaining({ retryAfterMs: 30_000 }),
  );
});
