import { expect, test } from "vitest";
import { emailNotification, getEmails, markEmailRead, slackNotification, smsRequest } from "./notifier.ts";

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

const reading = { email_account: "in@example.net", email_filter: ["noc@example.net"], lookup_days: 1 };

test.each([
  ["max_messages may be missing", reading, true],
  ["max_messages may be null", { ...reading, max_messages: null }, true],
  ["max_messages may be 0", { ...reading, max_messages: 0 }, true],
  ["nobody to hear from", { ...reading, email_filter: [] }, true],
  ["a filter that is no list", { ...reading, email_filter: "noc@example.net" }, false],
  ["half a day", { ...reading, lookup_days: 0.5 }, false],
  ["tomorrow", { ...reading, lookup_days: -1 }, false],
])("reading mails, %s: %j is valid: %s", (_, body, valid) => {
  expect(getEmails.body.safeParse(body).success).toBe(valid);
});

test.each([
  ["120", "120"],
  [120, "120"],
])("a UID %j is %j", (given, msg_uid) => {
  expect(markEmailRead.body.parse({ msg_uid: given, email_account: "in@example.net" })).toMatchObject({ msg_uid });
});

test.each(["1:*", "0", "-1", "12\r\n"])("%j is no UID", (msg_uid) => {
  expect(markEmailRead.body.safeParse({ msg_uid, email_account: "in@example.net" }).success).toBe(false);
});

test("an SMS of more parts than can be counted is none", () => {
  const texts = ["x".repeat(153 * 255), "x".repeat(153 * 255 + 1)];
  const valid = texts.map((sms_data) => smsRequest.body.safeParse({ sms_to: "16665550100", sms_data }).success);
  expect(valid).toEqual([true, false]);
});

test.each([
  ["YSxiCjEsMgo=", true],
  ["YSxi\r\nCjEs\nMgo=\n", true],
  ["", true],
  ["no base64!", false],
])("a file of %j is valid: %s", (data, valid) => {
  const email = { subject: "s", recipient: "a@example.net", attachments: [{ name: "r.csv", data }] };
  expect(emailNotification.body.safeParse({ email_data: email }).success).toBe(valid);
});
