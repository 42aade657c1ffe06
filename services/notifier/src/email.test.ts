import { expect, test } from "vitest";
import { isHopeless } from "./email.ts";

test.each([
  ["no recipient at all", { code: "EENVELOPE" }, true],
  ["recipients refused for good", { code: "EENVELOPE", command: "RCPT TO", responseCode: 550, permanent: true }, true],
  ["content refused for good", { code: "EMESSAGE", command: "DATA", responseCode: 554, permanent: true }, true],
  ["recipients refused for now", { code: "EENVELOPE", command: "RCPT TO", responseCode: 450, permanent: false }, false],
  ["a sender refused for good", { code: "EENVELOPE", command: "MAIL FROM", responseCode: 550, permanent: true }, false],
  ["credentials refused", { code: "EAUTH", command: "AUTH PLAIN", responseCode: 535, permanent: true }, false],
  ["a busy server", { code: "EPROTOCOL", responseCode: 421, permanent: false }, false],
  ["no connection", { code: "ESOCKET" }, false],
])("%s: %j hopeless: %j", (_, error, hopeless) => {
  expect(isHopeless(error)).toBe(hopeless);
});
