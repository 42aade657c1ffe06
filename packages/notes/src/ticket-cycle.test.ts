import { acmeNote as note, triageText } from "@trunkline/testkit";
import { describe, expect, it } from "vitest";
import { renderDigiRebootFailed } from "./digi-reboot.ts";
import { renderReminder } from "./reminder.ts";
import { autoResolvesOf, currentCycle } from "./ticket-cycle.ts";

const serial = new Set(["VC100"]);
const reopening = triageText().replace("Triage (VeloCloud)", "Re-opening ticket.").replace("no HA", "HA");
const events = "#*MetTel's IPA*#\nTriage (VeloCloud)\n\nNew event: LINK_DEAD\nDevice: Interface GE1";

describe("the current cycle", () => {
  it("begins with the newest re-opening, by moment and not by text or place", () => {
    const cycle = currentCycle(
      [
        note(reopening, { createdDate: "2022-06-03T14:30:00+00:00" }),
        note(triageText(), { createdDate: "2022-06-03T15:10:00+02:00" }),
        note(reopening, { createdDate: "2022-06-03T10:45:00-04:00" }),
      ],
      serial,
    );
    expect(cycle.reopenedAt).toEqual(new Date("2022-06-03T14:45:00Z"));
    expect(cycle.documented).toMatchObject({ kind: "re-opening", outageType: "Link Down (HA)" });
  });

  it("is all of a ticket that was never re-opened", () => {
    const cycle = currentCycle([note(triageText())], serial);
    expect(cycle).toMatchObject({ reopenedAt: null, documented: { kind: "triage", outageType: "Link Down (no HA)" } });
  });

  it("is explained by its first triage note, not by a note of events before it", () => {
    const cycle = currentCycle([note(events), note(triageText("first")), note(triageText("second"))], serial);
    expect(cycle.documented?.links[0]?.label).toBe("first");
  });

  it("is explained by all pages of a split note", () => {
    const text = triageText();
    const cut = text.indexOf("Interface GE2\n");
    const first = note(`${text.slice(0, cut)}Triage note: 1/2`);
    const second = note(`#*MetTel's IPA*#\nTriage (VeloCloud)\n${text.slice(cut)}\nTriage note: 2/2`);
    expect(currentCycle([first, second], serial).documented?.links).toHaveLength(2);
  });

  const at = (minute: number) => ({ createdDate: `2022-06-03T10:${minute}:00-04:00` });
  const moment = (minute: number) => new Date(`2022-06-03T14:${minute}:00Z`);

  it("knows which modems were rebooted, and when", () => {
    const digi = (name: string) =>
      `#*MetTel's IPA*#\nOffline DiGi interface identified for serial: VC100\nInterface: ${name}`;
    const notes = [note(digi("GE3"), at(30)), note(digi("GE2"), at(20)), note("somebody rebooted the DiGi", at(40))];
    expect(currentCycle(notes, serial).reboots).toEqual([
      { interface: "GE2", at: moment(20) },
      { interface: "GE3", at: moment(30) },
    ]);
  });

  it("knows that a modem was handed over, also from a note about the whole ticket", () => {
    const failed = renderDigiRebootFailed(moment(20), "US/Eastern");
    for (const serviceNumber of [null, [], ["VC100"]]) {
      expect(currentCycle([note(failed, { serviceNumber })], serial).movedToWireless).toBe(true);
    }
    expect(currentCycle([note(failed, { serviceNumber: ["VC900"] })], serial).movedToWireless).toBe(false);
    expect(currentCycle([note(failed, at(20)), note(reopening, at(30))], serial).movedToWireless).toBe(false);
  });

  it("knows when it began and when the customer was last reminded", () => {
    const notes = [note(renderReminder(), at(40)), note(renderReminder(), at(30)), note(triageText(), at(20))];
    expect(currentCycle(notes, serial)).toMatchObject({ remindedAt: moment(40), beganAt: moment(20) });
    expect(currentCycle([], serial)).toMatchObject({ remindedAt: null, beganAt: null });
  });

  it.each([
    ["without text", note(null)],
    ["without service numbers", note(triageText(), { serviceNumber: null })],
    ["about other service numbers", note(triageText(), { serviceNumber: ["VC900", null] })],
  ])("leaves out notes %s", (_, irrelevant) => {
    expect(currentCycle([irrelevant], serial).documented).toBeNull();
  });

  it("keeps a note without a readable date", () => {
    expect(currentCycle([note(triageText(), { createdDate: null })], serial).documented).not.toBeNull();
  });
});

it("counts auto-resolves of the serial, under either watermark, and not those of lines", () => {
  const resolved = (watermark: string, what: string) => note(`#*${watermark}*#\nAuto-resolving detail for ${what}`);
  const notes = [
    resolved("MetTel's IPA", "serial: VC100"),
    resolved("Automation Engine", "serial: VC100"),
    resolved("MetTel's IPA", "serial: VC200"),
    resolved("MetTel's IPA", "line: VC100"),
    note(null),
    note("Auto-resolving detail for serial: VC100"),
  ];
  expect(autoResolvesOf("VC100", notes)).toBe(2);
});
