import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinPages, splitIntoPages } from "./pages.ts";

const HEADER = "#*MetTel's IPA*#\nTriage (VeloCloud)\n";

function noteOf(lines: readonly string[]): string {
  return `${HEADER}\n${lines.join("\n")}`;
}

const line = fc.stringMatching(/^[A-Za-z0-9 :]{0,80}$/);
const note = fc
  .array(line, { minLength: 1, maxLength: 120 })
  .map((lines) => noteOf([...lines, "Last GE2 Interface Offline: Unknown"]));

describe("a note that is too long for Bruin", () => {
  it("is cut at line ends into numbered pages, each with the title", () => {
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index} ${"x".repeat(50)}`);
    const pages = splitIntoPages(noteOf(lines));
    expect(pages).toHaveLength(3);
    expect(pages.map((page) => page.split("\n").at(-1))).toEqual([
      "Triage note: 1/3",
      "Triage note: 2/3",
      "Triage note: 3/3",
    ]);
    for (const page of pages) expect(page.startsWith(HEADER)).toBe(true);
    expect(pages.join("\n")).toContain(lines.at(-1));
  });

  it("loses no page when its last line occurs earlier too", () => {
    const lines = [
      "Last GE2 Interface Offline: Unknown",
      ..."x"
        .repeat(30)
        .split("")
        .map((x) => x.repeat(60)),
    ];
    const pages = splitIntoPages(noteOf([...lines, "Last GE2 Interface Offline: Unknown"]));
    expect(pages.at(-1)).toContain("Last GE2 Interface Offline: Unknown\nTriage note: 2/2");
  });

  it.each([
    [1499, 1],
    [1500, 2],
  ])("of %s characters becomes %s notes", (length, count) => {
    const text = noteOf([`${"x".repeat(60)}\n`.repeat(22), ""]);
    expect(splitIntoPages(text + "y".repeat(length - text.length))).toHaveLength(count);
  });

  it("ends with its last line, without an empty page behind it", () => {
    const pages = splitIntoPages(noteOf(["x".repeat(1600)]));
    expect(pages).toEqual([expect.stringContaining("x\nTriage note: 1/1")]);
  });
});

describe("pages", () => {
  it("make the note again", () => {
    fc.assert(
      fc.property(note, (text) => {
        expect(joinPages(splitIntoPages(text))).toEqual([text]);
      }),
    );
  });

  it("are told apart from other notes and from other series", () => {
    const long = (mark: string, count: number) => noteOf(Array.from({ length: count }, () => mark.repeat(50)));
    const [a1 = "", a2 = ""] = splitIntoPages(long("a", 30));
    const [b1 = "", b2 = "", b3 = ""] = splitIntoPages(long("b", 50));
    expect(joinPages([a1, "a person's note", b1, a2, b2, b3])).toEqual([
      long("a", 30),
      "a person's note",
      long("b", 50),
    ]);
  });

  it("beyond a total that was declared too low still belong to their note", () => {
    const pages = [1, 2, 3].map((number) => `${HEADER}slice ${number}\nTriage note: ${number}/2`);
    expect(joinPages(pages)).toEqual([`${HEADER}slice 1\nslice 2\nslice 3`]);
  });

  it("without their first one stay as they are", () => {
    const orphan = `${HEADER}slice\nTriage note: 2/2`;
    expect(joinPages([orphan])).toEqual([orphan]);
  });
});
