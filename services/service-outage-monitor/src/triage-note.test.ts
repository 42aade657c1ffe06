import { edgeEvent } from "@trunkline/contracts";
import { describe, expect, it } from "vitest";
import { acme, DOWN, NOW } from "./testing/acme.ts";
import { outageIn } from "./testing/outage.ts";
import { triageNoteOf } from "./triage-note.ts";

const events = [
  { event: "LINK_DEAD", eventTime: "2022-06-03T14:56:00.000Z", message: "Link GE1 is now DEAD" },
  { event: "EDGE_UP", eventTime: "2022-06-01T10:00:00.000Z", message: null },
].map((event) => edgeEvent.parse(event));

describe("a triage note", () => {
  it("shows the edge, its links and when they were last seen", () => {
    const note = triageNoteOf(outageIn({ GE1: DOWN }), { kind: "triage", events, now: NOW });
    expect(note).toMatchObject({
      kind: "triage",
      outageType: "Link Down (no HA)",
      console: { host: "vco2.example.net", enterpriseId: 7, edgeId: 70 },
      edgeName: "ACME-0007",
      primary: { serial: "VC100", state: "CONNECTED", lastSeen: { online: new Date("2022-06-01T10:00:00Z") } },
      standby: null,
      links: [
        {
          interface: "GE1",
          label: "Fiber 100M",
          type: { mode: "PUBLIC", type: "WIRED" },
          state: "DISCONNECTED",
          lastSeen: { offline: new Date("2022-06-03T14:56:00Z") },
        },
        { interface: "GE2", state: "STABLE", lastSeen: { online: null, offline: null } },
      ],
    });
  });

  it("puts the primary of a pair first, also when the ticket is about the standby", () => {
    const outage = outageIn({ ha: "READY", edge: "OFFLINE" }, "Soft Down (HA)");
    const pair = { primary: { serial: "VC100", state: "OFFLINE" }, standby: { serial: "VC200", state: "CONNECTED" } };
    expect(triageNoteOf(outage, { kind: "triage", events, now: NOW })).toMatchObject(pair);
    const partner = { serial: "VC100", state: "OFFLINE", role: "standby" } as const;
    const ofStandby = { ...outage, status: { ...acme().status, serial: "VC200", partner, links: [] } };
    expect(triageNoteOf(ofStandby, { kind: "triage", events, now: NOW })).toMatchObject(pair);
  });

  it("A58: knows no type of an interface that is not configured, and leaves out a link without a name", () => {
    const outage = outageIn({ GE1: { ...DOWN, interface: "GE9" }, GE2: { ...DOWN, interface: null } });
    expect(triageNoteOf(outage, { kind: "triage", events, now: NOW }).links).toEqual([
      expect.objectContaining({ interface: "GE9", type: null }),
    ]);
  });
});
