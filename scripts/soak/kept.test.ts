import { expect, test } from "vitest";
import { type Kept, lossesIn } from "./kept.ts";

const complete: Kept = {
  slackTexts: ["down", "down", "up"],
  stored: new Set(["notification.slack.request:a/slack"]),
  audited: new Set(["notification.slack.request:a/slack", "bruin.note:a/note"]),
  written: new Set(["bruin.note:a/note"]),
};

test("a day that is complete has no losses, however often something was posted", () => {
  expect(lossesIn(complete, ["down", "up", "down", "up"])).toEqual([]);
});

test.each<[string, Partial<Kept>, string]>([
  ["not stored", { stored: new Set() }, "published and not stored: notification.slack.request:a/slack"],
  ["not posted", { slackTexts: ["down", "down", "up", "up"] }, "stored and not posted: up"],
  ["written and not recorded", { written: new Set(["bruin.note:b"]) }, "without a record: bruin.note:b"],
  ["sent and not recorded", { stored: new Set(["m:c/1", ...complete.stored]) }, "without a record: m:c/1"],
])("what is %s is named", (_, changes, loss) => {
  expect(lossesIn({ ...complete, ...changes }, ["down", "up", "down"])).toEqual([loss]);
});
