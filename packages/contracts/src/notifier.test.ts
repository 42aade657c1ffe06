import { expect, test } from "vitest";
import { emailNotification, slackNotification, smsRequest } from "./notifier.ts";

test.each([
  ["[tnba-monitor] hello", "[tnba-monitor] hello"],
  [null, "null"],
  [{ edge: "VC0000001", links: ["GE1"] }, '{"edge":"VC0000001","links":["GE1"]}'],
])("a Slack message of %j reads %s", (message, text) => {
  expect(slackNotification.body.parse({ message })).toEqual({ message: text });
});

test("a Slack message without its key is none", () => {
  expect(slackNotification.body.safeParse({}).success).toBe(false);
});

test("an e-mail may do without HTML, images and attachments", () => {
  const { email_data } = emailNotification.body.parse({
    email_data: { subject: "Daily", recipient: "a@example.net, b@example.net", text: "t" },
  });
  expect(email_data).toMatchObject({ html: "", images: [], attachments: [] });
});

test.each([
  ["16665550100", true],
  ["+16665550100", true],
  ["Acme", false],
  ["", false],
])("an SMS to %j is valid: %s", (sms_to, valid) => {
  expect(smsRequest.body.safeParse({ sms_to, sms_data: "hi" }).success).toBe(valid);
});
