import { outageTypes } from "@trunkline/sdwan";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isReopening, parseTriage, renderTriage, type TriageNote } from "./triage.ts";

const unseen = { online: null, offline: null };

const linkDown: TriageNote = {
  kind: "triage",
  outageType: "Link Down (no HA)",
  console: { host: "vco1.example.net", enterpriseId: 12, edgeId: 701 },
  edgeName: "ACME-0007",
  primary: {
    serial: "VC100",
    state: "CONNECTED",
    lastSeen: { online: new Date("2022-06-01T10:00:00.123Z"), offline: null },
  },
  standby: null,
  links: [
    {
      interface: "GE1",
      label: "Fiber 100M",
      ipAddress: "192.0.2.7",
      type: { mode: "PUBLIC", type: "WIRED" },
      state: "DISCONNECTED",
      lastSeen: { online: null, offline: new Date("2022-12-03T13:57:00Z") },
    },
    { interface: "GE2", label: null, ipAddress: null, type: null, state: "STABLE", lastSeen: unseen },
  ],
  writtenAt: new Date("2022-06-03T14:00:00Z"),
};

const hardDown: TriageNote = {
  ...linkDown,
  kind: "re-opening",
  outageType: "Hard Down (HA)",
  primary: { serial: "VC100", state: "OFFLINE", lastSeen: unseen },
  standby: { serial: "VC200", state: "OFFLINE" },
  links: [],
};

describe("the layout", () => {
  it("of a triage note", () => {
    expect(renderTriage(linkDown, "US/Eastern")).toBe(
      `#*MetTel's IPA*#
Triage (VeloCloud)

Outage Type: Link Down (no HA)

Orchestrator Instance: vco1.example.net
Edge Name: ACME-0007
Links: [Edge|https://vco1.example.net/#!/operator/customer/12/monitor/edge/701/] - [QoE|https://vco1.example.net/#!/operator/customer/12/monitor/edge/701/qoe/] - [Transport|https://vco1.example.net/#!/operator/customer/12/monitor/edge/701/links/] - [Events|https://vco1.example.net/#!/operator/customer/12/monitor/events/]

Serial: VC100
Edge Status: CONNECTED
Last Edge Online: 2022-06-01 06:00:00-04:00
Last Edge Offline: Unknown

Interface GE1
Interface GE1 Label: Fiber 100M
Interface GE1 IP Address: 192.0.2.7
Interface GE1 Type: Public Wired
Interface GE1 Status: DISCONNECTED
Last GE1 Interface Online: Unknown
Last GE1 Interface Offline: 2022-12-03 08:57:00-05:00

Interface GE2
Interface GE2 Label: None
Interface GE2 IP Address: None
Interface GE2 Type: Unknown
Interface GE2 Status: STABLE
Last GE2 Interface Online: Unknown
Last GE2 Interface Offline: Unknown`,
    );
  });

  it("of a re-opening note about a pair that is down as a whole", () => {
    expect(renderTriage(hardDown, "UTC").split("\n")).toEqual([
      "#*MetTel's IPA*#",
      "Re-opening ticket.",
      "",
      "Outage Type: Hard Down (HA)",
      "High Availability - Location Offline",
      "",
      "Orchestrator Instance: vco1.example.net",
      "Edge Name: ACME-0007",
      expect.stringContaining("Links: [Edge|"),
      "",
      "Both primary and secondary edges are DISCONNECTED.",
      "",
      "Serial: VC100",
      "Edge Status: OFFLINE",
      "HA Role: Primary",
      "Last Edge Online: Unknown",
      "Last Edge Offline: Unknown",
      "",
      "Serial: VC200",
      "Edge Status: OFFLINE",
      "HA Role: Standby",
      "Timestamp: 2022-06-03 14:00:00+00:00",
    ]);
  });

  it("of a pair that lost one edge", () => {
    const softDown = {
      ...hardDown,
      outageType: "Soft Down (HA)",
      standby: { serial: "VC200", state: "CONNECTED" },
    } as const;
    const lines = renderTriage(softDown, "UTC").split("\n");
    expect(lines).toContain("High Availability - Edge Offline");
    expect(lines).not.toContain("Both primary and secondary edges are DISCONNECTED.");
    expect(lines.slice(-3)).toEqual(["Serial: VC200", "Edge Status: STANDBY READY", "HA Role: Standby"]);
  });
});

const word = fc.stringMatching(/^[A-Za-z0-9._/-]{1,12}( [A-Za-z0-9._/-]{1,8})?$/);
const value = fc.option(word.filter((text) => text !== "None"));
const moment = fc.option(fc.date({ min: new Date("2000-01-01"), max: new Date("2099-01-01"), noInvalidDate: true }));
const seen = fc.record({ online: moment, offline: moment });
const note: fc.Arbitrary<TriageNote> = fc.record({
  kind: fc.constantFrom("triage", "re-opening"),
  outageType: fc.constantFrom(...outageTypes),
  console: fc.record({ host: fc.constant("vco1.example.net"), enterpriseId: fc.nat(), edgeId: fc.nat() }),
  edgeName: fc.option(fc.string()),
  primary: fc.record({ serial: word, state: word, lastSeen: seen }),
  standby: fc.option(fc.record({ serial: word, state: word })),
  links: fc.array(
    fc.record({
      interface: word,
      label: value,
      ipAddress: value,
      type: fc.option(
        fc.record({ mode: fc.constantFrom("PUBLIC", "PRIVATE"), type: fc.constantFrom("WIRED", "WIRELESS") }),
      ),
      state: value,
      lastSeen: seen,
    }),
    { maxLength: 8 },
  ),
  writtenAt: fc.date({ noInvalidDate: true, min: new Date("2000-01-01"), max: new Date("2099-01-01") }),
});

describe("reading back", () => {
  it("gives what was written", () => {
    fc.assert(
      fc.property(note, fc.constantFrom("UTC", "US/Eastern", "Asia/Kolkata"), (written, timeZone) => {
        expect(parseTriage(renderTriage(written, timeZone))).toEqual({
          kind: written.kind,
          outageType: written.outageType,
          links: written.links.map(({ lastSeen: _, ...link }) => link),
        });
      }),
    );
  });

  it.each([
    ["the earlier watermark", (text: string) => text.replace("#*MetTel's IPA*#", "#*Automation Engine*#")],
    ["other line ends", (text: string) => text.replaceAll("\n", "\r\n")],
  ])("accepts %s", (_, change) => {
    expect(parseTriage(change(renderTriage(linkDown, "UTC")))).toMatchObject({
      outageType: "Link Down (no HA)",
      links: [{ interface: "GE1" }, { interface: "GE2" }],
    });
  });

  it.each([
    ["a person's note", "Triage (VeloCloud)\nOutage Type: Link Down (no HA)"],
    ["a note of events", "#*MetTel's IPA*#\nTriage (VeloCloud)\n\nNew event: LINK_DEAD\nDevice: Interface GE1"],
    ["nothing", ""],
  ])("finds no outage in %s", (_, text) => {
    expect(parseTriage(text)).toBeNull();
  });

  it("knows a re-opening even when the rest is lost", () => {
    const text = "#*MetTel's IPA*#\nRe-opening ticket.";
    expect(parseTriage(text)).toEqual({ kind: "re-opening", outageType: null, links: [] });
    expect(isReopening(text)).toBe(true);
    expect(isReopening(renderTriage(linkDown, "UTC"))).toBe(false);
  });
});

it("keeps its layout whatever a label holds", () => {
  const [first] = linkDown.links;
  const label = "two\nlines \r\n Interface GE9 Status: STABLE";
  const links = first === undefined ? [] : [{ ...first, label }];
  expect(parseTriage(renderTriage({ ...linkDown, links }, "UTC"))?.links).toEqual([
    expect.objectContaining({
      interface: "GE1",
      label: "two lines Interface GE9 Status: STABLE",
      state: "DISCONNECTED",
    }),
  ]);
});

it("a note ends with since when, what was done and what comes next, out of the way of programs", () => {
  const story = { since: new Date("2022-06-03T13:57:00Z"), done: "Ticket opened.", next: "Goes to HNOC\nInvestigate." };
  const text = renderTriage({ ...linkDown, story }, "US/Eastern");
  expect(
    text.endsWith(
      "\n\nFirst seen: 2022-06-03 09:57:00-04:00\nWhat was done: Ticket opened.\nWhat comes next: Goes to HNOC Investigate.",
    ),
  ).toBe(true);
  expect(parseTriage(text)).toEqual(parseTriage(renderTriage(linkDown, "US/Eastern")));
});
