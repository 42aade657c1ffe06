import { expect, test } from "vitest";
import { replyOf } from "./sms.ts";

test.each([
  [
    { status: 200, body: { sid: "SM1" } },
    { status: 200, body: { sid: "SM1" } },
  ],
  [
    { status: 201, body: null, text: "queued" },
    { status: 201, body: "queued" },
  ],
  [
    { status: 401, body: null, text: "Authentication failed" },
    { status: 401, body: "Authentication failed" },
  ],
  [
    { status: 400, body: { code: 21211 } },
    { status: 400, body: '{"code":21211}' },
  ],
  [
    { status: 429, body: null, text: "" },
    { status: 429, body: "" },
  ],
  [
    { status: 503, body: null, text: "down" },
    { status: 503, body: "down" },
  ],
  [
    { status: 302, body: null, text: "elsewhere" },
    { status: 500, body: "elsewhere" },
  ],
])("a gateway's %j is %j to the asker", (answer, reply) => {
  expect(replyOf(answer)).toEqual(reply);
});

test("an error page is cut short", () => {
  expect(replyOf({ status: 500, body: null, text: "<".repeat(9000) }).body).toHaveLength(500);
});
