import { describe, expect, test } from "vitest";
import type { EdgeFacts, LinkFacts } from "../facts.ts";
import type { DeskAction, Look, NetworkAction, PlannedEvent } from "../planned-event.ts";
import { foretell } from "./oracle.ts";

/** 15:00 on the east coast. */
const NOON = Date.parse("2026-01-14T20:00:00Z");
/** 02:30 there. */
const NIGHT = Date.parse("2026-01-14T07:30:00Z");
const MINUTE = 60_000;

const fiber: LinkFacts = {
  interface: "GE1",
  line: "LN-1",
  ethernet: true,
  digi: false,
  customerOwned: false,
  businessGrade: false,
};
const modem: LinkFacts = { ...fiber, interface: "GE2", line: "LN-2", ethernet: false, digi: true };
const edge: EdgeFacts = {
  id: 70,
  name: "ACME-0007",
  serial: "VC100",
  haSerial: null,
  host: "vco1.example.net",
  siteId: 1,
  utcOffsetMinutes: -300,
  monitored: true,
  links: [fiber, modem],
};

type Happening = Omit<NetworkAction, "at" | "edge"> | Omit<DeskAction, "at"> | Pick<Look, "kind" | "away">;

/** What is foretold when these things happen at these minutes, one line for each entry of the tickets. */
function told(happenings: Record<number, Happening>, facts: Partial<EdgeFacts> = {}, start = NOON): string[] {
  const subject = { ...edge, ...facts };
  const moments = Object.keys(happenings).map(Number);
  const events = moments
    .toSorted((one, other) => one - other)
    .map((minute): PlannedEvent => {
      const at = start + minute * MINUTE;
      const happening = happenings[minute] ?? pass;
      if (happening.kind === "pass" || happening.kind === "triage") return { ...happening, at, host: subject.host };
      if ("serial" in happening) return { ...happening, at };
      return { ...(happening as NetworkAction), at, edge: subject.id };
    });
  const end = start + (Math.max(...moments) + 400) * MINUTE;
  return foretell([subject], { events, end }).flatMap(({ entries }) => {
    return entries.map(({ at, text }) => `+${(at - start) / MINUTE} ${text}`);
  });
}

const fail = (name = "GE1") => ({ kind: "fail-link", interface: name }) as const;
const heal = (name = "GE1") => ({ kind: "heal-link", interface: name }) as const;
const pass = { kind: "pass" } as const;
const triage = { kind: "triage" } as const;
const person = (kind: DeskAction["kind"]) => ({ kind, serial: "VC100" }) as const;

const linkNote = "triage note on VC100: Link Down (no HA); GE1 DISCONNECTED, GE2 STABLE";
const opened = ["opened", "LN-1 added", linkNote, "severity 3", "LN-1 moved to IPA Investigate"].map(
  (text) => `+4 ${text}`,
);
const forwarded = ["+94 VC100 moved to HNOC Investigate", "+94 LN-1 moved to Dedicated Worker Queue"];
const resolved = [
  "VC100 resolved",
  "LN-1 resolved",
  "ticket resolved",
  "resolved note on VC100",
  "resolved note on LN-1",
];

describe("a link that is down", () => {
  test("gets a ticket three minutes after it was seen, and people get it later", () => {
    expect(told({ 0: fail(), 1: pass })).toEqual([...opened, ...forwarded]);
  });
  test("that heals before it was seen twice is nothing", () => {
    expect(told({ 0: fail(), 1: pass, 3: heal() })).toEqual([]);
  });
  test("that was seen by nobody is nothing", () => {
    expect(told({ 0: fail(), 1: { ...pass, away: "velocloud" } })).toEqual([]);
  });
  test("by night reaches people after three hours, and a worker in the morning", () => {
    expect(told({ 0: fail(), 1: pass }, {}, NIGHT).slice(5)).toEqual([
      "+184 VC100 moved to HNOC Investigate",
      "+330 LN-1 moved to Dedicated Worker Queue",
    ]);
  });
  test("and of business grade has its ticket at once, and people a minute later", () => {
    const grade = { host: "vco2.example.net", links: [{ ...fiber, businessGrade: true }, modem] };
    const all = told({ 0: fail(), 1: pass }, grade);
    expect([all[0], all.at(-2), all.at(-1)]).toEqual([
      "+1 opened",
      "+2 VC100 moved to HNOC Investigate",
      "+2 LN-1 moved to Dedicated Worker Queue",
    ]);
  });
  test("and is the customer's own is for the customer", () => {
    const own = { links: [{ ...fiber, customerOwned: true }, modem] };
    expect(told({ 0: fail(), 1: pass }, own).slice(4)).toEqual([
      "+4 mail to the customer about VC100: acknowledgement",
      "+4 reminder note on VC100",
      "+4 LN-1 moved to IPA Investigate",
    ]);
  });
  test("behind a modem has it rebooted, and somebody is sent there half an hour later", () => {
    const all = told({ 0: fail("GE2"), 1: pass, 11: pass, 21: pass, 31: pass, 41: pass });
    expect(all.filter((text) => /reboot|Wireless/.test(text))).toEqual([
      "+4 reboot of the modem at GE2 of VC100",
      "+4 reboot note on VC100: GE2",
      "+34 VC100 moved to Wireless Repair Intervention Needed",
      "+34 reboot-failed note",
    ]);
  });
});

describe("what heals", () => {
  test("has its ticket resolved, and nobody gets it any more", () => {
    expect(told({ 0: fail(), 1: pass, 8: heal(), 11: pass })).toEqual([
      ...opened,
      ...resolved.map((text) => `+11 ${text}`),
    ]);
  });
  test("is resolved by a recheck, too", () => {
    expect(told({ 0: fail(), 1: pass, 11: pass, 12: heal() }).slice(5)).toEqual(resolved.map((text) => `+14 ${text}`));
  });
  test.each<[string, Record<number, Happening>]>([
    ["that people work on", { 5: person("assign") }],
    ["whose open tickets cannot be listed", { 11: { ...pass, away: "bruin" } }],
  ])("%s stays open", (_, happenings) => {
    expect(told({ 0: fail(), 1: pass, 8: heal(), 11: pass, ...happenings })).toEqual([...opened, ...forwarded]);
  });
  test("an hour and a half after its ticket was opened stays open by day", () => {
    expect(told({ 0: fail(), 1: pass, 93: heal(), 101: pass }).some((text) => text.includes("resolved"))).toBe(false);
  });
  test("and fails again has its ticket re-opened, to be forwarded again", () => {
    const all = told({ 0: fail(), 1: pass, 8: heal(), 11: pass, 15: fail(), 21: pass }).slice(10);
    expect(all).toEqual([
      "+24 ticket unresolved",
      "+24 VC100 unresolved",
      "+24 LN-1 unresolved",
      "+24 re-opening note on VC100: Link Down (no HA); GE1 DISCONNECTED, GE2 STABLE",
      "+114 VC100 moved to HNOC Investigate",
      "+114 LN-1 moved to Dedicated Worker Queue",
    ]);
  });
  test("the fourth time is left to people", () => {
    const times = [0, 1, 2, 3].flatMap((cycle): [number, Happening][] => [
      [cycle * 20, fail()],
      [cycle * 20 + 1, pass],
      [cycle * 20 + 8, heal()],
      [cycle * 20 + 11, pass],
    ]);
    const all = told(Object.fromEntries(times));
    expect(all.filter((text) => text.endsWith("resolved note on VC100"))).toHaveLength(3);
  });
});

describe("an edge that is down", () => {
  test("is of severity 2, people get it after a minute, and the customer hears that the site is dark", () => {
    const all = told({ 0: { kind: "fail-edge" }, 1: pass });
    expect(all).toContain("+4 severity 2");
    expect(all).toContain("+4 mail to the customer about VC100: site down");
    expect(all).toContain("+5 VC100 moved to HNOC Investigate");
    expect(all).toContain("+5 LN-2 moved to Dedicated Worker Queue");
  });
  test("whose link was quarantined is a new outage", () => {
    const all = told({ 0: fail(), 1: pass, 2: { kind: "fail-edge" }, 11: pass });
    expect(all[0]).toBe("+14 opened");
  });
  test("alone in its pair has a ticket of its own, which goes on when the other takes over", () => {
    const all = told({ 0: { kind: "fail-unit" }, 1: pass, 2: { kind: "failover" }, 11: pass }, { haSerial: "VC200" });
    expect(all.slice(0, 3)).toEqual([
      "+4 opened",
      "+4 triage note on VC100: Soft Down (HA); GE1 STABLE, GE2 STABLE",
      "+4 severity 2",
    ]);
    expect(all.filter((text) => text.endsWith("opened"))).toHaveLength(1);
  });
  test("with its standby is one outage of the location", () => {
    const all = told({ 0: { kind: "fail-edge" }, 1: pass }, { haSerial: "VC200" });
    expect(all.filter((text) => text.includes("note on"))).toEqual([
      "+4 triage note on VC100: Hard Down (HA); GE1 DISCONNECTED, GE2 DISCONNECTED",
      "+4 reboot note on VC100: GE2",
    ]);
  });
});

describe("people", () => {
  test("who close a ticket get another one while the outage lasts", () => {
    const all = told({ 0: fail(), 1: pass, 5: person("close"), 11: pass });
    expect(all.filter((text) => text.endsWith("opened"))).toEqual(["+4 opened", "+14 opened"]);
  });
  test("who resolve a task too early have it re-opened", () => {
    const all = told({ 0: fail(), 1: pass, 5: person("resolve"), 11: pass }).slice(5);
    expect(all.slice(0, 3)).toEqual([
      "+5 VC100 resolved",
      "+14 VC100 unresolved",
      "+14 re-opening note on VC100: Link Down (no HA); GE1 DISCONNECTED, GE2 STABLE",
    ]);
  });
});

describe("the triage", () => {
  test("writes down what has happened, an hour after the last note", () => {
    const all = told({ 0: fail(), 1: pass, 5: person("assign"), 40: heal(), 63: triage, 65: triage, 75: triage });
    expect(all.filter((text) => text.includes("events"))).toEqual(["+65 1 events on VC100"]);
  });
});

test("an edge that Bruin does not monitor is nobody's business", () => {
  expect(told({ 0: fail(), 1: pass }, { monitored: false })).toEqual([]);
});
