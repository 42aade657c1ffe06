import { edgeEvent, type TicketDetail, type TicketNote } from "@trunkline/contracts";
import { monitoredEdges } from "@trunkline/monitor";
import { renderEvents, splitIntoPages } from "@trunkline/notes";
import {
  type AcmeState,
  acmeDetails,
  acmeLinks,
  acmeNote,
  acmePairs,
  cachedAcme,
  DOWN,
  NOW,
  triageText,
} from "@trunkline/testkit";
import { expect, it } from "vitest";
import { judge, type TriageQuestion, type Verdict } from "./decide-triage.ts";

const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const noteAt = (
  minutes: number,
  text = triageText(),
  serviceNumber: (string | null)[] | null = ["VC100"],
): TicketNote => acmeNote(text, { createdDate: minutesAgo(minutes).toISOString(), serviceNumber });

const eventsText = renderEvents(
  [edgeEvent.parse({ event: "EDGE_UP", category: "EDGE", eventTime: NOW.toISOString() })],
  { timeZone: "US/Eastern", perNote: 15 },
).join();
const reopening = triageText().replace("Triage (VeloCloud)", "Re-opening ticket.");

function statusOf(state: AcmeState, serial = "VC100") {
  const cache = [cachedAcme(), cachedAcme({ serial_number: "VC200" })];
  return monitoredEdges({ cache, links: acmeLinks(state), pairs: acmePairs(state) }).get(serial)?.status;
}

function detailOf(fields: Partial<TicketDetail> = {}): TicketDetail {
  const [detail] = acmeDetails({ 11: fields });
  if (detail === undefined) throw new Error("the fixture has no detail");
  return detail;
}

function judged(fields: Partial<TriageQuestion>): Verdict {
  return judge({
    detail: detailOf(),
    notes: [],
    status: statusOf({}),
    now: NOW,
    settings: { lastNoteMs: 3_600_000 },
    ...fields,
  });
}

const nothing = (because: string) => ({ kind: "nothing", because });

it.each<[string, Partial<TriageQuestion>, unknown]>([
  ["B1: a note of 20 minutes ago", { notes: [noteAt(20)] }, nothing("it was written about lately")],
  ["a note of an hour ago to the second", { notes: [noteAt(60)] }, nothing("it was written about lately")],
  ["B2: a note of 61 minutes ago", { notes: [noteAt(61)] }, { kind: "events", since: minutesAgo(61) }],
  ["notes in any order", { notes: [noteAt(90), noteAt(70), noteAt(80)] }, { kind: "events", since: minutesAgo(70) }],
  ["a note of events", { notes: [noteAt(90), noteAt(20, eventsText)] }, nothing("it was written about lately")],
  [
    "a note with another offset",
    {
      notes: [acmeNote(triageText(), { createdDate: "2022-06-03T09:30:00-04:00" }), noteAt(120)],
    },
    { kind: "events", since: minutesAgo(90) },
  ],
  [
    "a note without a date",
    { notes: [acmeNote(triageText(), { createdDate: null })] },
    { kind: "events", since: minutesAgo(24 * 60) },
  ],
  [
    "a note about another edge",
    { notes: [noteAt(61, triageText(), ["VC900", null])], status: undefined },
    nothing("the edge's state is unknown"),
  ],
  [
    "a note about nobody",
    { notes: [noteAt(61, triageText(), null)], status: undefined },
    nothing("the edge's state is unknown"),
  ],
  [
    "a re-opening note, which is no triage",
    { notes: [noteAt(61, reopening)], status: statusOf({ GE1: DOWN }) },
    { kind: "explain", outageType: "Link Down (no HA)" },
  ],
  ["a note without text", { notes: [acmeNote(null)], status: undefined }, nothing("the edge's state is unknown")],
  ["B4: no note, a healthy edge", {}, { kind: "events", since: minutesAgo(24 * 60) }],
  [
    "B5: no note, a link down",
    { status: statusOf({ GE1: DOWN }) },
    { kind: "explain", outageType: "Link Down (no HA)" },
  ],
  [
    "no note, an edge down",
    { status: statusOf({ edge: "OFFLINE" }) },
    { kind: "explain", outageType: "Hard Down (no HA)" },
  ],
  [
    "B7: no note, the standby of a pair with a link down",
    { status: statusOf({ ha: "READY", GE1: DOWN }, "VC200") },
    nothing("its pair's other edge is written about"),
  ],
  [
    "no note, a standby that is down alone",
    { status: statusOf({ ha: "FAILED" }, "VC200") },
    { kind: "explain", outageType: "Soft Down (HA)" },
  ],
  [
    "a link down while the standby is offline",
    { status: statusOf({ ha: "FAILED", GE1: DOWN }) },
    { kind: "explain", outageType: "Link Down (HA)" },
  ],
  ["B8: no note, no state", { status: undefined }, nothing("the edge's state is unknown")],
  [
    "a resolved detail",
    { detail: detailOf({ detailStatus: "R" }), status: statusOf({ GE1: DOWN }) },
    nothing("nothing is left to do on it"),
  ],
  [
    "a closed detail",
    { detail: detailOf({ detailStatus: "C" }), notes: [noteAt(61)] },
    nothing("nothing is left to do on it"),
  ],
])("%s", (_, fields, expected) => {
  expect(judged(fields)).toEqual(expected);
});

it("does not take the second page of a long re-opening note for a triage note", () => {
  const [first = "", second = ""] = splitIntoPages(`${reopening}\n${"Interface GE3\n".repeat(80)}`);
  expect(second).toContain("Triage (VeloCloud)");
  const pages = [noteAt(10, first), noteAt(10, second)];
  expect(judged({ notes: [noteAt(90), ...pages] })).toEqual({ kind: "events", since: minutesAgo(90) });
  expect(judged({ notes: pages, status: statusOf({ GE1: DOWN }) }).kind).toBe("explain");
});
