import { movableClock } from "@trunkline/clock";
import { describe, expect, it } from "vitest";
import type { PublishedMessage } from "./publish-reader.ts";
import { createTrafficLog } from "./traffic-log.ts";

const clock = movableClock(new Date("2026-03-01T12:00:00Z"));

function logOf(...messages: Partial<PublishedMessage>[]) {
  const log = createTrafficLog(clock, () => undefined);
  const blank: PublishedMessage = { subject: "", replyTo: undefined, bytes: 0, headers: "", beginning: "" };
  for (const message of messages) log.add({ ...blank, ...message });
  return log.list();
}

describe("traffic that people can read", () => {
  it("names a reply after the request that it answers", () => {
    const request = {
      subject: "bruin.get.site",
      replyTo: "_INBOX.cache.1",
      beginning: '{"request_id":"r1","body":{}}',
    };
    const reply = { subject: "_INBOX.cache.1", beginning: '{"body":{},"status":200}' };
    expect(logOf(request, reply).map(({ subject, direction, requestId }) => [subject, direction, requestId])).toEqual([
      ["bruin.get.site", "request", "r1"],
      ["bruin.get.site", "reply", null],
    ]);
  });

  it("tells a message that wants no answer from a request", () => {
    expect(logOf({ subject: "notification.slack.request" })[0]?.direction).toBe("publish");
  });

  it("finds the request id in the headers when the body does not show it", () => {
    const headers = "NATS/1.0\r\nTrunkline-Deadline: 1\r\nTrunkline-Request-Id: r7\r\n\r\n";
    expect(logOf({ subject: "a", headers, beginning: '{"is_stored":true,"token":"k"}' })[0]?.requestId).toBe("r7");
  });

  it("leaves out the housekeeping of JetStream and discovery, replies included", () => {
    const asked = { subject: "$SRV.STATS", replyTo: "_INBOX.sandbox.1" };
    expect(logOf(asked, { subject: "_INBOX.sandbox.1" }, { subject: "$JS.ACK.NOTIFICATIONS.1" })).toEqual([]);
  });

  it.each([
    ['{"password":"geheim"}', '{"password":"***"}'],
    ['{"CLIENT_SECRET" : "ge\\"heim","a":1}', '{"CLIENT_SECRET" : "***","a":1}'],
    ['{"authorization":"Bearer abc', '{"authorization":"***"'],
    ['{"note":"the password was changed"}', '{"note":"the password was changed"}'],
  ])("hides secrets: %s", (beginning, preview) => {
    expect(logOf({ subject: "a", beginning })[0]?.preview).toBe(preview);
  });

  it("cuts long payloads short and forgets old messages", () => {
    const messages = Array.from({ length: 5_000 }, (_, index) => ({
      subject: `s${index}`,
      beginning: "x".repeat(4_096),
    }));
    const kept = logOf(...messages);
    expect([kept.length, kept[0]?.subject, kept[0]?.preview.length]).toEqual([2_000, "s3000", 600]);
  });
});
