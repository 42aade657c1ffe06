import { expect, test } from "vitest";
import { replyOf } from "./sms.ts";

test.each([
  [200, '{"sid":"SM1","status":"queued"}', { status: 200, body: { sid: "SM1", status: "queued" } }],
  [201, "queued", { status: 201, body: "queued" }],
  [401, "Authentication failed", { status: 401, body: "Authentication failed" }],
  [429, "", { status: 429, body: "" }],
  [503, "down", { status: 503, body: "down" }],
  [302, "elsewhere", { status: 500, body: "elsewhere" }],
])("a gateway's %i %s is %j to the asker", (status, text, reply) => {
  expect(replyOf(status, text)).toEqual(reply);
});

test("an error page is cut short", () => {
  expect(replyOf(500, "<".repeat(9000)).body).toHaveLength(500);
});
