import { expect, it } from "vitest";
import { parseDigiReboot, renderDigiReboot, renderDigiRebootFailed } from "./digi-reboot.ts";

const writtenAt = new Date("2022-06-03T14:00:00Z");
const note = renderDigiReboot({ serial: "VC100", interface: "GE-2", writtenAt }, "US/Eastern");

it("a reboot is written down in the layout that reports count", () => {
  expect(note).toBe(
    [
      "#*MetTel's IPA*#",
      "Offline DiGi interface identified for serial: VC100",
      "Interface: GE-2",
      "Automatic reboot attempt started.",
      "TimeStamp: 2022-06-03 10:00:00-04:00",
    ].join("\n"),
  );
});

it.each([
  [note, { serial: "VC100", interface: "GE-2", writtenAt }],
  [note.replace(/\nTimeStamp.*/, ""), { serial: "VC100", interface: "GE-2", writtenAt: null }],
  [note.replace("\nInterface: GE-2", ""), null],
  [note.replace("#*MetTel's IPA*#\n", ""), null],
  ["the DiGi was rebooted by hand", null],
])("%j → %j", (text, expected) => {
  expect(parseDigiReboot(text)).toEqual(expected);
});

it("a reboot that failed names the queue the task goes to", () => {
  expect(renderDigiRebootFailed(writtenAt, "US/Eastern")).toBe(
    "#*MetTel's IPA*#\nDiGi reboot failed\nMoving task to: Wireless Repair Intervention Needed\nTimeStamp: 2022-06-03 10:00:00-04:00",
  );
});
