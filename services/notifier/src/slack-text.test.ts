import { expect, test } from "vitest";
import { SLACK_LIMIT, slackText } from "./slack-text.ts";

test("a text up to the limit stays as it is", () => {
  const text = "x".repeat(SLACK_LIMIT);
  expect(slackText(text)).toBe(text);
});

test("a longer text is cut where Slack would cut it, and says so", () => {
  const text = slackText("x".repeat(SLACK_LIMIT + 1));
  expect(text.length).toBeLessThanOrEqual(SLACK_LIMIT);
  expect(text).toMatch(/x\n… \(cut here: 101 more characters do not fit in one message\)$/);
});

test("a pair of surrogates is not cut in two", () => {
  const text = slackText("\u{1F525}".repeat(SLACK_LIMIT));
  expect(text.isWellFormed()).toBe(true);
});
