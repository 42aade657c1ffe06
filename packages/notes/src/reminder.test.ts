import { expect, it } from "vitest";
import { isReminder, renderReminder } from "./reminder.ts";

it("a reminder is recognised as such", () => {
  expect(renderReminder()).toBe("#*MetTel's IPA*#\nClient Reminder");
  expect(isReminder(renderReminder())).toBe(true);
});

it.each([["Client Reminder"], ["#*MetTel's IPA*#\nTriage (VeloCloud)"], ["#*MetTel's IPA*#"], [""]])(
  "%j is none",
  (text) => {
    expect(isReminder(text)).toBe(false);
  },
);
