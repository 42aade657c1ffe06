import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AutoResolveNote, parseAutoResolve, renderAutoResolve } from "./auto-resolve.ts";

describe("the layout", () => {
  it.each(["serial", "line"] as const)("about a %s", (about) => {
    const note = { about, serviceNumber: "VC100", writtenAt: new Date("2022-06-03T14:00:00Z") };
    expect(renderAutoResolve(note, "US/Eastern")).toBe(
      `#*MetTel's IPA*#\nAuto-resolving detail for ${about}: VC100\nTimeStamp: 2022-06-03 10:00:00-04:00`,
    );
  });
});

describe("reading back", () => {
  const seconds = fc.integer({ min: 946_684_800, max: 4_070_908_800 });
  const note: fc.Arbitrary<AutoResolveNote> = fc.record({
    about: fc.constantFrom("serial", "line"),
    serviceNumber: fc.stringMatching(/^[A-Za-z0-9.-]{1,20}$/),
    writtenAt: seconds.map((each) => new Date(each * 1000)),
  });

  it("gives what was written", () => {
    fc.assert(
      fc.property(note, fc.constantFrom("UTC", "US/Eastern", "Asia/Kolkata"), (written, timeZone) => {
        expect(parseAutoResolve(renderAutoResolve(written, timeZone))).toEqual(written);
      }),
    );
  });

  it("accepts the earlier watermark and microseconds", () => {
    const text =
      "#*Automation Engine*#\nAuto-resolving detail for serial: VC100\nTimeStamp: 2020-09-25 06:31:54.123456-04:00";
    expect(parseAutoResolve(text)).toEqual({
      about: "serial",
      serviceNumber: "VC100",
      writtenAt: new Date("2020-09-25T10:31:54.123Z"),
    });
  });

  it.each([
    ["#*MetTel's IPA*#\nAuto-resolving detail for serial: VC100", { serviceNumber: "VC100", writtenAt: null }],
    ["#*MetTel's IPA*#\nTriage (VeloCloud)", null],
    ["Auto-resolving detail for serial: VC100", null],
  ])("%j is %j", (text, expected) => {
    const parsed = parseAutoResolve(text);
    if (expected === null) expect(parsed).toBeNull();
    else expect(parsed).toMatchObject(expected);
  });
});
